/* The whole row opens the document, as in Books; the link in it serves keyboard and screen reader. */
document.querySelector(".documents tbody")?.addEventListener("click", (event) => {
  if (event.target.closest("a") || String(getSelection())) return;
  const href = event.target.closest("tr")?.dataset.href;
  if (href) location.assign(href);
});
