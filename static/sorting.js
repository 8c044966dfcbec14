// A list of a form that is put in order by dragging: the order of its hidden fields is what is sent.
// Without scripts the buttons Up and Down do the same, one step at a time.

let dragged = null;

function takeOver(list) {
  for (const item of list.querySelectorAll("[data-sortable]")) {
    if (item.querySelector(".order-handle")) continue;
    const handle = document.createElement("span");
    handle.className = "order-handle";
    handle.ariaHidden = "true";
    item.prepend(handle);
  }
}

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.(".sortable .order-handle");
  if (!handle || event.button > 0) return;
  event.preventDefault();
  dragged = handle.closest("[data-sortable]");
  dragged.classList.add("order-item--dragged");
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  for (const other of [...dragged.parentElement.children]) {
    if (other === dragged) continue;
    const { top, height } = other.getBoundingClientRect();
    const follows = dragged.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (follows && event.clientY > top + height / 2) other.after(dragged);
    else if (!follows && event.clientY < top + height / 2) {
      other.before(dragged);
      break;
    }
  }
});

function drop() {
  if (!dragged) return;
  dragged.classList.remove("order-item--dragged");
  // Saved at once: the button says the same for whoever has no pointer.
  const button = dragged.closest("form").querySelector("[data-sorted]");
  dragged = null;
  button.click();
}

document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);

const takeAll = () => document.querySelectorAll(".sortable").forEach(takeOver);
document.addEventListener("htmx:after:swap", takeAll);
// The reply to the drop before must not take away what is held: the next drop sends the whole order.
document.addEventListener("htmx:before:swap", (event) => dragged && event.preventDefault());
takeAll();
