// The board of a night: trainees are picked up (by drag, by a press, by Enter) and put into another run; each move becomes a
// line of the form, which is what is sent. Without this file the form does the same.
const form = document.getElementById("moves-form");
const list = document.getElementById("moves");
const statusLine = document.getElementById("moves-status");
const slots = [...document.querySelectorAll(".slot[data-run]")];
let picked = [];

const filled = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
const chipsOf = (button) =>
  button.classList.contains("whole") ? [...button.closest(".slot").querySelectorAll(".chips .chip")] : [button];
const may = (chips, slot) => chips.every((chip) => chip.dataset.may.split(" ").includes(slot.dataset.run));
const said = (chips) => chips.map((chip) => chip.textContent.trim()).join(", ");

function pick(button, dragging = false) {
  letGo();
  picked = chipsOf(button);
  button.setAttribute("aria-pressed", "true");
  for (const slot of slots) {
    const here = slot.contains(button);
    slot.classList.toggle("may", !here && may(picked, slot));
    slot.classList.toggle("may-not", !here && !may(picked, slot));
    slot.querySelector(".put").hidden = dragging || here || !may(picked, slot);
  }
  statusLine.textContent = filled(form.dataset.picked, { who: said(picked) });
}

function letGo() {
  picked = [];
  for (const chip of document.querySelectorAll(".chip")) chip.setAttribute("aria-pressed", "false");
  for (const slot of slots) {
    slot.classList.remove("may", "may-not", "over");
    slot.querySelector(".put").hidden = true;
  }
}

function put(slot) {
  for (const chip of picked) move(chip, slot);
  letGo();
}

function move(chip, slot) {
  // A chip that was moved before moves on: one line for each, from where the plan has it.
  chip.undo?.();
  if (slot.dataset.run === chip.dataset.from) return;
  const home = chip.parentElement.parentElement;
  const line = document.createElement("li");
  const text = filled(form.dataset.goes, { who: chip.dataset.who, before: chip.dataset.place, after: slot.dataset.place });
  const count = Object.assign(document.createElement("input"), { type: "number", min: 1, max: chip.dataset.count, value: chip.dataset.count });
  count.setAttribute("aria-label", `${form.dataset.trainees}: ${text}`);
  const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: "move" });
  const write = () => {
    hidden.value = [chip.dataset.demand, chip.dataset.from, slot.dataset.run, count.value].join("|");
  };
  const undo = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: form.dataset.undo });
  undo.setAttribute("aria-label", `${form.dataset.undo}: ${text}`);
  chip.undo = () => {
    line.remove();
    home.append(chip.parentElement);
    chip.classList.remove("moved");
    delete chip.undo;
  };
  undo.addEventListener("click", () => {
    chip.undo?.();
    statusLine.textContent = "";
  });
  count.addEventListener("input", write);
  write();
  line.append(`${text} `, count, " ", undo, hidden);
  list.append(line);
  slot.querySelector(".chips").append(chip.parentElement);
  chip.classList.add("moved");
  statusLine.textContent = text;
}

for (const chip of document.querySelectorAll(".chip")) {
  chip.addEventListener("click", () => (chip.getAttribute("aria-pressed") === "true" ? letGo() : pick(chip)));
  chip.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/plain", chip.textContent.trim());
    event.dataTransfer.effectAllowed = "move";
    setTimeout(() => pick(chip, true)); // a page that changes while a drag begins ends it in some browsers
  });
  chip.addEventListener("dragend", letGo);
}
for (const slot of slots) {
  slot.addEventListener("dragover", (event) => {
    if (!slot.classList.contains("may")) return;
    event.preventDefault();
    slot.classList.add("over");
  });
  slot.addEventListener("dragleave", () => slot.classList.remove("over"));
  slot.addEventListener("drop", (event) => {
    event.preventDefault();
    put(slot);
  });
  slot.querySelector(".put").addEventListener("click", () => put(slot));
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") letGo();
});

// The form's own line joins the list too, so that several moves can be made by form.
const add = document.getElementById("add-move");
add.hidden = false;
add.addEventListener("click", () => {
  const [demand, from] = form.elements.who.value.split("|");
  const chip = [...document.querySelectorAll(".chips .chip")].find((one) => one.dataset.demand === demand && one.dataset.from === from);
  const slot = slots.find((one) => one.dataset.run === form.elements.to.value);
  if (!chip || !slot) return;
  const count = form.elements.count.value;
  move(chip, slot);
  const field = list.lastElementChild?.querySelector("input[type=number]");
  if (field) {
    field.value = count;
    field.dispatchEvent(new Event("input"));
  }
  form.elements.who.value = form.elements.to.value = "";
});
