// Keys of the sorting desk. Every page works without them, by its links and buttons; each set of keys works
// only while the focus is inside the part of the page it belongs to (WCAG 2.2, 2.1.4).
(() => {
  "use strict";

  /** The key by its letter; where the keyboard writes other letters, by its place. */
  const keyOf = (event) =>
    /^[a-z1-9]$/i.test(event.key) ? event.key.toLowerCase() : (event.code || "").replace(/^(Key|Digit)/, "").toLowerCase();

  /** Whether a key is meant for a field or for the browser. */
  const isTaken = (event) =>
    event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat && event.key === "a" ||
    event.target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");

  const submitOnce = (form) => {
    if (form && !form.dataset.sent) {
      form.dataset.sent = "yes";
      form.requestSubmit();
    }
  };

  const list = document.querySelector("[data-keys=list]");
  if (list) {
    const rows = () => [...list.querySelectorAll("[data-row]")];
    const current = () => document.activeElement.closest("tr")?.querySelector("[data-row]");
    const move = (step) => {
      const all = rows();
      const at = all.indexOf(current());
      const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))];
      next?.focus();
      next?.closest("tr").scrollIntoView({ block: "nearest" });
    };
    list.addEventListener("keydown", (event) => {
      if (isTaken(event)) return;
      const key = event.key.startsWith("Arrow") || event.key === "Enter" ? event.key : keyOf(event);
      if (key === "j" || key === "ArrowDown") move(1);
      else if (key === "k" || key === "ArrowUp") move(-1);
      else if (key === "Enter" && event.target.matches("[data-row]")) location.assign(`${event.target.href}#place`);
      else if (key === "a" && current()) {
        submitOnce(current().closest("tr").querySelector("[data-accepts]")?.form);
      } else return;
      event.preventDefault();
    });
    if (location.hash === "#waiting") rows()[0]?.focus();
  }

  const choices = document.querySelector("[data-keys=choices]");
  if (choices) {
    choices.addEventListener("keydown", (event) => {
      const key = keyOf(event);
      if (isTaken(event) || !/^[1-9]$/.test(key)) return;
      const choice = choices.querySelectorAll("input[type=radio][name=suggestion]")[Number(key) - 1];
      if (!choice) return;
      event.preventDefault();
      choice.checked = true;
      submitOnce(choice.form);
    });
    if (location.hash === "#place") choices.focus();
  }
})();
