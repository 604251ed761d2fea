// Small helps for the pages; every page can be read without them.
"use strict";

// A mark shows its note, and a note its words, while they are pointed at or have the focus.
for (const mark of document.querySelectorAll("a.mark[data-entries]")) {
  const entries = mark.dataset.entries.split(" ");
  const light = (on) => {
    for (const entry of entries) document.getElementById(entry)?.classList.toggle("lit", on);
    for (const other of document.querySelectorAll("a.mark[data-entries]"))
      if (other.dataset.entries.split(" ").includes(entries[0])) other.classList.toggle("lit", on);
  };
  mark.addEventListener("mouseenter", () => light(true));
  mark.addEventListener("mouseleave", () => light(false));
  mark.addEventListener("focus", () => light(true));
  mark.addEventListener("blur", () => light(false));
}

// Buttons that copy the words of another element.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.parentElement.querySelector(".copied").textContent = "Copied.";
  });
}

// Where the pages do not fit beside one another, the one that is open is in view.
const pages = document.querySelector(".head nav");
const current = pages?.querySelector("[aria-current]");
if (current) pages.scrollLeft = current.offsetLeft + current.offsetWidth / 2 - pages.clientWidth / 2;

// "/" goes to the search field, as long as nothing is being typed.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  document.getElementById("quick").focus();
});
