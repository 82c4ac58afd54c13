// Where the page finds the bytes of a file.

export const addressOf = (file) => `/files/telegram/${encodeURIComponent(file.id)}`;
