// Puts a list in order by dragging and by its buttons; without this script the places and buttons do it.
(() => {
  "use strict";

  const list = document.querySelector("[data-ranking]");
  if (!list) return;
  const says = document.querySelector("[data-says]");
  const rows = () => [...list.querySelectorAll("[data-code]")];
  const field = (row) => row.querySelector("select");
  const place = (row) => (/^\d+$/.test(field(row).value) ? Number(field(row).value) : null);
  const placed = () => rows().filter((row) => place(row) !== null);

  // Places without gaps, equal ones stay equal; then the rows stand by their places.
  const settle = (wanted) => {
    const known = [...new Set(wanted.values())].sort((a, b) => a - b);
    for (const [row, at] of wanted) field(row).value = String(known.indexOf(at) + 1);
    const rank = (row) => place(row) ?? (field(row).value ? 1e6 : 1e7);
    for (const row of rows().sort((a, b) => rank(a) - rank(b))) list.append(row);
  };
  const tell = (row) => {
    const words = place(row) === null ? list.dataset.last : list.dataset.moved;
    const name = row.querySelector("bdi").textContent;
    says.textContent = words.replace("{place}", field(row).value).replace("{name}", name);
  };

  // As the house moves it: out of a tie alone, else past the next place; last of all comes "rather not".
  const step = (row, isUp) => {
    const wanted = new Map(placed().map((each) => [each, 2 * place(each)]));
    const mine = wanted.get(row);
    const last = Math.max(0, ...wanted.values());
    if (mine === undefined) {
      if (isUp) wanted.set(row, last + 2);
      else field(row).value = "x";
    } else {
      const isTied = [...wanted.values()].filter((at) => at === mine).length > 1;
      if (!isUp && mine === last && !isTied) {
        wanted.delete(row);
        field(row).value = "x";
      } else {
        wanted.set(row, mine + (isTied ? 1 : 3) * (isUp ? -1 : 1));
      }
    }
    settle(wanted);
    tell(row);
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=up], button[name=down]");
    if (!button) return;
    event.preventDefault();
    step(button.closest("[data-code]"), button.name === "up");
    button.focus();
  });

  // Dropped on the upper part of a row somebody comes before it, on the lower part after it; past all rows
  // with a place, last. A row that says "rather not", or nothing yet, has no place to come after.
  let dragged = null;
  const isAfter = (row, event) => {
    const box = row.getBoundingClientRect();
    return event.clientY > box.top + 0.6 * box.height;
  };
  const spot = (event) => {
    const over = event.target.closest("[data-code]");
    if (over) return [over, isAfter(over, event)];
    const all = rows();
    const next = all.find((row) => event.clientY < row.getBoundingClientRect().top);
    return next ? [next, false] : [all[all.length - 1], true];
  };
  const clear = (...names) => {
    for (const row of rows()) row.classList.remove(...names);
  };
  list.classList.add("can-drag");
  for (const row of rows()) row.draggable = true;
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-code]");
    if (!dragged) return;
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    clear("is-over", "is-over-after");
    const [over, after] = spot(event);
    if (over !== dragged) over.classList.add(after ? "is-over-after" : "is-over");
  });
  list.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const [over, after] = spot(event);
    if (over === dragged) return;
    const wanted = new Map(placed().map((row) => [row, 2 * place(row)]));
    const target = wanted.get(over);
    const last = Math.max(0, ...[...wanted].filter(([row]) => row !== dragged).map(([, at]) => at)) + 2;
    wanted.set(dragged, target === undefined ? last : target + (after ? 1 : -1));
    settle(wanted);
    tell(dragged);
  });
  list.addEventListener("dragend", () => {
    clear("is-dragged", "is-over", "is-over-after");
    dragged = null;
  });
})();
