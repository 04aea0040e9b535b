const button = document.querySelector("button");
const note = document.querySelector("[role=status]");

button.addEventListener("click", async () => {
  button.disabled = true;
  note.textContent = "Signing in…";
  try {
    const answer = await fetch("./sign-in", { method: "POST" });
    if (!answer.ok) throw new Error(String(answer.status));
    note.textContent = "Signed in. You may close this window.";
    window.opener?.postMessage("fiscalise:signed-in", location.origin);
    window.close();
  } catch {
    button.disabled = false;
    note.textContent = "That did not work. Is npm start still running?";
  }
});
