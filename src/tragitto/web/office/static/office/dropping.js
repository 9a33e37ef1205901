// Lets files be dropped where they can also be chosen; without this script they are chosen.
(() => {
  "use strict";

  const place = document.querySelector("[data-drops]");
  const field = place?.querySelector("input[type=file]");
  if (!field) return;

  const hint = place.querySelector("[data-hint]");
  if (hint) hint.hidden = false;

  const mark = (isOver) => place.classList.toggle("is-over", isOver);
  for (const kind of ["dragenter", "dragover"]) {
    place.addEventListener(kind, (event) => {
      event.preventDefault();
      mark(true);
    });
  }
  place.addEventListener("dragleave", (event) => {
    if (!place.contains(event.relatedTarget)) mark(false);
  });
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    field.form.querySelector("button").focus();
  });
  // A file dropped beside it must not replace the page.
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => event.preventDefault());
  }
})();
