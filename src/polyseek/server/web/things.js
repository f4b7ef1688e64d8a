// Files that are searched by: dropped, pasted, picked or drawn. No address can hold them; they live as long as the page.

const pictures = /\.(png|jpe?g|webp|bmp|gif)$/i;
const models = /\.(glb|gltf|obj|ply|stl|off|dae|3mf|fbx|xyz|pcd|intrinsics\.json|step|stp|igs|iges|zip|usd[acz]?)$/i;

/** As many as one search takes. */
export const most = 12;

let groups = 0;

const isPicture = (file) => pictures.test(file.name) || (file.type.startsWith("image/") && !models.test(file.name));

/**
 * The things among files that came together: { name, kind, weight, files, chosen, url }. Each model is one, with
 * the files beside it; without a model, each picture is one. `chosen`: its own file's name in an upload.
 */
export function thingsOf(files) {
  const group = ++groups;
  const nameOf = (file) => `${group}/${file.webkitRelativePath || file.name}`;
  const named = files.map((file) => [nameOf(file), file]);
  const found = files.filter((file) => models.test(file.name));
  if (!found.length && files.every(isPicture)) {
    // Pasted pictures are all called image.png.
    return files.map((file, at) => {
      const name = `${group}/${at}/${pictures.test(file.name) ? file.name : `${file.name}.png`}`;
      return { name: file.name, kind: "picture", weight: 1, files: [[name, file]], chosen: name, url: URL.createObjectURL(file) };
    });
  }
  const chosen = found.length ? found : files.slice(0, 1); // the server says why it is no model
  return chosen.map((file) => ({ name: file.name, kind: "model", weight: 1, files: named, chosen: nameOf(file), url: null }));
}

/** The form of a search by things and by the fields of `body`, as the API's JSON has them. */
export function formOf(things, body) {
  const form = new FormData();
  for (const [field, value] of Object.entries(body)) {
    for (const each of [value].flat()) if (each != null && each !== "") form.append(field, each);
  }
  form.append("parts", JSON.stringify(things.map(({ chosen, weight }) => ({ files: [chosen], weight }))));
  for (const [name, file] of new Map(things.flatMap(({ files }) => files))) form.append("file", file, name);
  return form;
}

const next = { 1: 2, 2: 0.5, 0.5: -1, "-1": 1 };

/** The things with one of them weighed as comes after its weight: 1, 2, ½, and unlike. */
export const reweighed = (things, thing) => things.map((each) => (each === thing ? { ...each, weight: next[each.weight] } : each));
