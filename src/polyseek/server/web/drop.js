// Files that are dropped anywhere, pasted or picked: models to search by. A folder can only be added by its path.

const $ = (id) => document.getElementById(id);

/** `onFiles(files)` for files to search by; `onFolder(name)` for a dropped folder, whose path no browser tells. */
export function bindDrop({ onFiles, onFolder }) {
  let depth = 0;
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  const take = (files) => { if (files.length) onFiles([...files]); };
  addEventListener("dragenter", (event) => { if (hasFiles(event)) $("drop").hidden = ++depth === 0; });
  addEventListener("dragleave", (event) => { if (hasFiles(event)) $("drop").hidden = --depth === 0; });
  addEventListener("dragover", (event) => { if (hasFiles(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    $("drop").hidden = true;
    const folder = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).find((entry) => entry?.isDirectory);
    if (folder) onFolder(folder.name);
    else take(event.dataTransfer.files);
  });
  addEventListener("paste", (event) => take(event.clipboardData.files));
  $("file").addEventListener("change", (event) => {
    take(event.target.files);
    event.target.value = "";
  });
  $("pick").addEventListener("click", () => $("file").click());
}
