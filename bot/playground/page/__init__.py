"""The playground's page: two phones and a desk in the browser, and what serves them."""
