// The page: it shows what the workspace renders, and does as someone what one can
// do there, through /control.
const $ = (id) => document.getElementById(id);
const who = $("who"), modal = $("modal");
const shown = {};
let tab = "messages";

async function control(what, body) {
  const answer = await fetch(`/control/people/${who.value}/${what}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

function problem(text) {
  $("problem").textContent = text;
  $("problem").hidden = !text;
}

// act does something and shows what comes of it.
async function act(button, what, body) {
  problem("");
  if (button) button.disabled = true;
  let seen;
  try {
    seen = await control(what, body);
    beside(seen.errors ?? {}, seen.problem ?? "");
  } catch (e) {
    problem(e.message);
  } finally {
    if (button) button.disabled = false;
  }
  await refresh();
  return seen;
}

// beside shows what is wrong in the modal, or on the page if there is none.
function beside(errors, text) {
  for (const input of modal.querySelectorAll("[data-input]")) {
    const at = input.querySelector(".error");
    at.textContent = errors[input.dataset.input] ?? "";
    at.hidden = !at.textContent;
  }
  const all = modal.querySelector("form > .error");
  if (modal.open && all) {
    all.textContent = text;
    all.hidden = !text;
  } else problem(text);
}

function replace(place, html) {
  if (shown[place.id] === html) return false;
  shown[place.id] = html;
  place.innerHTML = html; // rendered by the workspace, which escapes what the app sent
  return true;
}

async function refresh() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const user = who.value;
  const answer = await fetch(`/page/people/${user}?zone=${encodeURIComponent(zone)}`);
  if (!answer.ok || user !== who.value) return;
  const now = await answer.json();
  const atEnd = innerHeight + scrollY >= document.body.scrollHeight - 40;
  if (replace($("messages"), now.messages) && atEnd && tab === "messages") scrollTo(0, document.body.scrollHeight);
  replace($("home"), now.home);
  replace($("hidden"), now.hidden);
  showModal(now.modal);
}

function showModal(html) {
  if (!html) {
    delete shown.modal;
    if (modal.open) modal.close();
    return;
  }
  const typed = modal.open ? values(modal) : {}; // what was typed in another is not this one's
  if (replace(modal, html)) restore(typed);
  if (!modal.open) modal.showModal();
}

// values are what is filled in, by block and action.
function values(root) {
  const all = {};
  for (const f of root.querySelectorAll("[data-field]")) {
    const block = (all[f.dataset.block] ??= {});
    if (f.type === "checkbox") {
      block[f.dataset.action] ??= [];
      if (f.checked) block[f.dataset.action].push(f.value);
    } else if (f.type !== "radio" || f.checked) block[f.dataset.action] = f.value;
  }
  return all;
}

// restore puts back what was typed where the app has changed the modal meanwhile.
function restore(typed) {
  for (const f of modal.querySelectorAll("[data-field]")) {
    const value = typed[f.dataset.block]?.[f.dataset.action];
    if (value === undefined) continue;
    if (f.type === "checkbox") f.checked = value.includes(f.value);
    else if (f.type === "radio") f.checked = f.value === value;
    else if (f.tagName !== "SELECT" || [...f.options].some((o) => o.value === value)) f.value = value;
  }
}

function confirmed(of) {
  if (!of.confirm) return Promise.resolve(true);
  const box = $("confirm");
  box.querySelector("h2").textContent = of.confirm;
  box.querySelector("p").textContent = of.confirmText;
  const [no, yes] = box.querySelectorAll("button");
  no.textContent = of.confirmNo;
  yes.textContent = of.confirmYes;
  box.returnValue = "no";
  box.showModal();
  return new Promise((done) => box.addEventListener("close", () => done(box.returnValue === "yes"), { once: true }));
}

async function press(element) {
  const of = element.dataset;
  if (!(await confirmed(of))) return;
  const at = { action_id: of.action, block_id: of.block };
  const message = element.closest("[data-message]")?.dataset.message;
  if (message) at.message = message;
  else if (element.closest("#home")) at.home = true;
  else at.values = values(modal);
  if (element.type === "checkbox") at.several = at.values?.[of.block]?.[of.action] ?? [...element.closest("fieldset").querySelectorAll(":checked")].map((c) => c.value);
  else if (element.matches("[data-field]")) at.value = element.value;
  if (/^https?:/.test(of.url ?? "")) open(of.url, "_blank", "noopener");
  await act(element, "press", at);
}

document.addEventListener("click", (e) => {
  const button = e.target.closest("button");
  if (!button) return;
  if (button.dataset.press !== undefined) press(button);
  else if (button.dataset.close !== undefined) act(button, "close", {});
});
document.addEventListener("change", (e) => {
  if (e.target.dataset.tells !== undefined) press(e.target);
});
document.addEventListener("input", async (e) => {
  const of = e.target.dataset;
  if (of.suggest === undefined) return;
  const options = await control("suggest", { block_id: of.block, action_id: of.action, query: e.target.value });
  const menu = e.target.nextElementSibling;
  menu.replaceChildren(new Option("", ""), ...options.map((o) => new Option(o.text, o.value)));
});
modal.addEventListener("submit", (e) => {
  e.preventDefault();
  act(e.submitter, "submit", { values: values(modal) });
});
modal.addEventListener("cancel", (e) => {
  e.preventDefault();
  act(null, "close", {});
});
$("command").addEventListener("submit", async (e) => {
  e.preventDefault();
  const line = $("line").value.trim();
  if (!line) return;
  $("line").value = "";
  const [, command, text] = line.match(/^(\/\S+)?\s*(.*)$/s);
  await act(e.submitter, command ? "command" : "say", command ? { command, text } : { text });
});

function show(next) {
  tab = next;
  for (const name of ["messages", "home"]) {
    $(name).hidden = name !== tab;
    $("to-" + name).toggleAttribute("aria-current", name === tab);
  }
  location.replace(`#${who.value}/${tab}`);
  if (tab === "home") act(null, "home", {});
}

function become(user) {
  who.value = user;
  document.cookie = `person=${user}; path=/; SameSite=Lax`;
  problem("");
  for (const name in shown) delete shown[name];
  show(tab);
  refresh();
}

who.addEventListener("change", () => become(who.value));
$("to-messages").addEventListener("click", () => show("messages"));
$("to-home").addEventListener("click", () => show("home"));
const [user, wanted] = location.hash.slice(1).split("/");
if (wanted === "home") tab = "home";
become([...who.options].some((o) => o.value === user) ? user : who.options[0].value);
setInterval(() => document.hidden || refresh().catch(() => problem("The workspace does not answer.")), 1000);
