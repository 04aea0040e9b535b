/**
 * Remembers the chosen width of the widget and says it on the page, where the styles read it.
 * @param {string} name  of the radio buttons
 * @param {HTMLElement} page
 * @param {() => void} [onChange]
 */
export function keepWidth(name, page, onChange = () => {}) {
  const inputs = [...document.querySelectorAll(`input[name="${name}"]`)];
  const kept = localStorage.getItem(name);
  const initial = inputs.find(({ value }) => value === kept) ?? inputs.find(({ checked }) => checked);
  initial.checked = true;
  page.dataset.width = initial.value;
  for (const input of inputs) {
    input.addEventListener("change", () => {
      localStorage.setItem(name, input.value);
      page.dataset.width = input.value;
      onChange();
    });
  }
}
