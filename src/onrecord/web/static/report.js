// A report's page: notes stand beside their words, and words tell on being pointed at what was read from them.
// It runs before the page is drawn, so that nothing moves when it is.
"use strict";

const wide = matchMedia("(min-width: 60.01rem)");
const root = document.documentElement;
const GAP = 6;
if (wide.matches) root.classList.add("placing");

// Where things stand that shall be as near as can be to where they belong, in their order and without an overlap:
// neighbours that would overlap are one block, which stands at the mean of what its members want.
function spread(wanted, heights) {
  const blocks = [];
  wanted.forEach((want, n) => {
    let block = { from: n, sum: want, size: 1, height: heights[n] };
    for (let last = blocks.at(-1); last && last.sum / last.size + last.height > block.sum / block.size; last = blocks.at(-1)) {
      blocks.pop();
      block = { from: last.from, sum: last.sum + block.sum - block.size * last.height, size: last.size + block.size,
        height: last.height + block.height };
    }
    blocks.push(block);
  });
  const tops = [];
  let free = 0;
  for (const block of blocks) {
    let top = Math.max(block.sum / block.size, free);
    for (let n = block.from; n < block.from + block.size; n++) {
      tops.push(top);
      top += heights[n];
    }
    free = top;
  }
  return tops;
}

function place() {
  const margin = document.querySelector(".margin");
  const notes = [...document.querySelectorAll(".margin > .note")];
  root.classList.remove("placing");
  root.classList.toggle("placed", wide.matches && notes.length > 0);
  if (!root.classList.contains("placed")) {
    margin.style.minHeight = "";
    for (const note of notes) note.style.top = "";
    return;
  }
  const from = margin.getBoundingClientRect().top;
  const wanted = notes.map((note) => document.getElementById(`w-${note.id}`).getBoundingClientRect().top - from);
  const heights = notes.map((note) => note.offsetHeight + GAP);
  const tops = spread(wanted, heights);
  notes.forEach((note, n) => { note.style.top = `${tops[n]}px`; });
  margin.style.minHeight = `${tops.at(-1) + heights.at(-1)}px`;
}

// The note that the address names opens, and is in view.
function opened() {
  const note = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const within = note && note.matches(".note") && note.querySelector("details");
  if (!within) return;
  within.open = true;
  place();
  note.scrollIntoView({ block: "nearest" });
}

// What was read from the words that are pointed at, or have the focus; it stands clear of the words.
const pop = document.createElement("div");
pop.className = "pop";
pop.id = "pop";
pop.setAttribute("role", "tooltip");
pop.hidden = true;
let of = null;
let waiting = 0;

function told(entry, n) {
  const note = document.getElementById(entry);
  const part = document.createElement("div");
  const gloss = note.querySelector(".gloss").cloneNode(true);
  gloss.querySelector(".back").remove();
  const rest = n ? ".clause" : ".clause, details .label, details .fields";
  part.append(gloss, ...[...note.querySelectorAll(rest)].map((each) => each.cloneNode(true)));
  for (const link of part.querySelectorAll("a")) link.tabIndex = -1;
  return part;
}

function show(mark) {
  clearTimeout(waiting);
  if (of === mark) return;
  hide();
  of = mark;
  pop.replaceChildren(...mark.dataset.entries.split(" ").slice(0, 3).map(told));
  pop.hidden = false;
  mark.setAttribute("aria-describedby", "pop");
  const lines = [...mark.getClientRects()];
  const above = lines[0].top - pop.offsetHeight - 8;
  const below = lines.at(-1).bottom + 8;
  const top = below + pop.offsetHeight > innerHeight && above > 0 ? above : below;
  const left = Math.max(8, Math.min(lines.at(-1).left, root.clientWidth - pop.offsetWidth - 8));
  pop.style.top = `${top + scrollY}px`;
  pop.style.left = `${left + scrollX}px`;
}

function hide() {
  clearTimeout(waiting);
  of?.removeAttribute("aria-describedby");
  of = null;
  pop.hidden = true;
}

function later(act) {
  clearTimeout(waiting);
  waiting = setTimeout(act, 250);
}

function listen() {
  document.body.append(pop);
  for (const mark of document.querySelectorAll("a.mark[data-entries]")) {
    mark.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") later(() => show(mark)); });
    mark.addEventListener("pointerleave", () => later(hide));
    mark.addEventListener("focus", () => { if (mark.matches(":focus-visible")) show(mark); });
    mark.addEventListener("blur", () => later(hide));
    mark.addEventListener("click", () => { hide(); setTimeout(opened); });
  }
  pop.addEventListener("pointerenter", () => clearTimeout(waiting));
  pop.addEventListener("pointerleave", () => later(hide));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  for (const note of document.querySelectorAll(".margin > .note")) {
    const marks = document.querySelectorAll(`a.mark[data-entries~="${CSS.escape(note.id)}"]`);
    const light = (on) => marks.forEach((mark) => mark.classList.toggle("lit", on));
    note.addEventListener("pointerenter", () => light(true));
    note.addEventListener("pointerleave", () => light(false));
    note.addEventListener("focusin", () => light(true));
    note.addEventListener("focusout", () => light(false));
    note.querySelector("details").addEventListener("toggle", place);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  try {
    place();
  } finally {
    root.classList.remove("placing");
  }
  listen();
  opened();
  addEventListener("hashchange", opened);
  addEventListener("resize", place);
});
