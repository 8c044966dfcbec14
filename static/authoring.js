// Keeps what is written: every change is saved after a moment, and stays in this tab until it is.
// The server orders the saves by the revision that each goes on from; a lapsed session loses nothing.

const form = document.getElementById("editor");
const shelf = `question-${form.dataset.question}`;
const PAUSE = 1200;
const AGAIN = 5000;
let timer = null;
let isSending = false;
let isChanged = false;
let isStopped = false;

const store = (act) => {
  try {
    return act(sessionStorage);
  } catch {
    return null; // storage is switched off: then the page alone holds the text
  }
};

const revision = () => form.elements.revision;
const APART = ["csrfmiddlewaretoken", "revision"];
const fields = () => [...new FormData(form)].filter(([name]) => !APART.includes(name));
const held = () => JSON.parse(store((storage) => storage.getItem(shelf)) || "null");
const hold = (isSent = false) =>
  store((storage) => storage.setItem(shelf, JSON.stringify({ revision: revision().value, fields: fields(), isSent })));
const drop = () => store((storage) => storage.removeItem(shelf));

function say(words) {
  document.getElementById("saved").textContent = words;
}

function later(pause = PAUSE) {
  clearTimeout(timer);
  if (!isStopped) timer = setTimeout(save, pause);
}

/** Send the whole form; only one is under way, so an earlier text never comes after a later one. */
async function save() {
  if (isSending) return later();
  isSending = true;
  isChanged = false;
  const body = new URLSearchParams([...new FormData(form), ["do", "save"]]);
  const headers = { "HX-Request": "true", "HX-Target": "saved" };
  const options = { method: "POST", body, headers, signal: AbortSignal.timeout(15000) };
  const reply = await fetch(form.action, options).catch(() => null);
  const text = reply && (await reply.text().catch(() => null));
  isSending = false;
  if (!reply || text === null || reply.status >= 500) {
    say("Not saved: the server cannot be reached. Your text is kept in this tab.");
    return later(AGAIN);
  }
  if (reply.redirected || reply.status === 403) return lapsed();
  const mark = new DOMParser().parseFromString(text, "text/html").getElementById("saved");
  if (reply.ok && mark?.dataset.revision) {
    revision().value = mark.dataset.revision;
    if (!isChanged) drop();
    else hold();
    document.getElementById("saved").replaceChildren(...mark.childNodes);
  } else if (reply.status === 409) {
    isStopped = true;
    say(mark.textContent);
  } else {
    say("Not saved: something that was typed cannot be kept. Look at the list of what is to do.");
  }
}

/** Whoever is signed out signs in in this tab, and finds the text again. */
function lapsed() {
  isStopped = true;
  const link = document.createElement("a");
  link.href = location.pathname;
  link.textContent = "Sign in again";
  say("Not saved: you are signed out. Your text is kept in this tab. ");
  document.getElementById("saved").append(link);
}

form.addEventListener("input", () => {
  isChanged = true;
  hold();
  say("Not saved yet.");
  later();
});

form.addEventListener("submit", () => {
  clearTimeout(timer);
  isStopped = true;
  hold(true);
});

addEventListener("pageshow", (event) => {
  if (event.persisted) isStopped = false;
});

// htmx would show whatever comes back, the sign-in page too; only a look is let through.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (!ctx.response || !ctx.text?.includes('id="look"')) event.preventDefault();
});

// What this tab still holds from before is offered, never put in by itself.

const kept = held();
const isSame = kept && JSON.stringify(kept.fields) === JSON.stringify(fields());
const hasArrived = kept?.isSent && Number(revision().value) > Number(kept.revision);
if (isSame || hasArrived) drop();
else if (kept) document.getElementById("unsaved-text").hidden = false;

document.getElementById("unsaved-drop").addEventListener("click", () => {
  drop();
  document.getElementById("unsaved-text").hidden = true;
});

document.getElementById("unsaved-take").addEventListener("click", () => {
  const again = document.createElement("form");
  again.method = "post";
  again.action = form.action;
  again.hidden = true;
  const token = form.elements.csrfmiddlewaretoken.value;
  for (const [name, value] of [["csrfmiddlewaretoken", token], ["revision", kept.revision], ...kept.fields, ["do", "save"]]) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    again.append(field);
  }
  document.body.append(again);
  again.submit();
  drop();
});
