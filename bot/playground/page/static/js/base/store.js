// What the browser keeps for the visitor; one that keeps nothing is no trouble.

export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // It is asked for again.
  }
}
