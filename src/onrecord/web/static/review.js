// Keys, and words chosen by selecting them. Everything here can be done without it, with the page's forms.
"use strict";

const KEYS = "onrecord-keys";
const kept = (() => { try { return window.localStorage; } catch { return null; } })();
const box = document.getElementById("keys-on");
if (box) {
  box.closest("[data-keys]").hidden = false;
  box.checked = kept?.getItem(KEYS) !== "off";
  box.addEventListener("change", () => kept?.setItem(KEYS, box.checked ? "on" : "off"));
}

// A key does what the element that bears it does: a button is pressed, a link followed, a fold opened.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !box?.checked) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key.startsWith("Arrow") && event.target.closest("summary, [tabindex='0']")) return;
  const bearer = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(" ").includes(event.key));
  if (!bearer) return;
  event.preventDefault();
  if (bearer.tagName !== "DETAILS") { bearer.click(); return; }
  bearer.open = !bearer.open;
  const first = bearer.open && bearer.querySelector("input:not([type=hidden]), select");
  (first || bearer.querySelector("summary")).focus();
  bearer.scrollIntoView({ block: "nearest" });
});

// Where a place in the shown text is, in code points: a character shown by its number counts as the one that it is.
const around = document.getElementById("around");
const points = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return [...node.data].length;
  if (node.matches?.("abbr.control")) return 1;
  return [...node.childNodes].reduce((sum, child) => sum + points(child), 0);
};
const place = (node, offset) => {
  const range = document.createRange();
  range.selectNodeContents(around);
  range.setEnd(node, offset);
  return Number(around.dataset.from) + points(range.cloneContents());
};

for (const form of document.querySelectorAll("form[data-selecting]")) {
  const line = form.querySelector("[data-selection]");
  const told = line.querySelector("output");
  line.hidden = false;
  let chosen = null;
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!around.contains(range.startContainer) || !around.contains(range.endContainer)) return;
    chosen = [place(range.startContainer, range.startOffset), place(range.endContainer, range.endOffset), String(selection)];
    told.textContent = `“${chosen[2].slice(0, 80)}”`;
  });
  line.querySelector(".use").addEventListener("click", () => {
    if (!chosen) { told.textContent = "Select words in the text first."; return; }
    form.elements.start.value = chosen[0];
    form.elements.end.value = chosen[1];
    told.textContent = `“${chosen[2].slice(0, 80)}” is chosen.`;
  });
}

document.getElementById("problem")?.focus();
