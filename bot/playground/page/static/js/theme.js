// Light or dark, before anything is drawn: what was chosen, else what the system prefers.

(() => {
  const chosen = (() => {
    try {
      return localStorage.getItem("sanad-theme");
    } catch {
      return null;
    }
  })();
  if (chosen) document.documentElement.dataset.theme = chosen;
})();
