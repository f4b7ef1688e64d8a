// The 3D viewer: one model, or several side by side at one scale, in metres, on a grid. One camera moves for all.
import {
  AmbientLight, Box3, Color, DirectionalLight, GridHelper, Group, HemisphereLight, LineBasicMaterial, LineSegments,
  MeshBasicMaterial, MeshNormalMaterial, PerspectiveCamera, Scene, SRGBColorSpace, Vector3, WebGLRenderer, WireframeGeometry,
} from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";

const yaw = (35 * Math.PI) / 180;
const pitch = (20 * Math.PI) / 180;
const halfView = (14 * Math.PI) / 180;

/**
 * Show the GLBs at `urls` in `container`, from left to right. Resolves once they are drawn, to
 * { shade("material" | "wireframe" | "normals"), grid(on), reset(), parts(), highlight(id), step, dispose() };
 * `step` is the grid's cell in metres. Rejects where WebGL is missing or a model cannot be loaded.
 */
export async function showModels(container, urls) {
  const renderer = new WebGLRenderer({ antialias: true, alpha: true });
  renderer.outputColorSpace = SRGBColorSpace;
  renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
  renderer.setScissorTest(true);
  const loader = new GLTFLoader();
  let models;
  try {
    models = (await Promise.all(urls.map((url) => loader.loadAsync(url)))).map(({ scene }) => scene);
  } catch (error) {
    giveBack(renderer);
    throw error;
  }
  const boxes = models.map((model) => new Box3().setFromObject(model));
  const radius = Math.max(...boxes.map((box) => box.getSize(new Vector3()).length() / 2), 1e-6);
  const step = cell(radius);
  const views = models.map((model, index) => view(model, boxes[index], radius, step, container));
  const camera = new PerspectiveCamera(28, 1, radius / 100, radius * 100);
  const controls = new OrbitControls(camera, renderer.domElement);

  function draw() {
    const width = container.clientWidth / views.length;
    views.forEach(({ scene }, index) => {
      renderer.setViewport(index * width, 0, width, container.clientHeight);
      renderer.setScissor(index * width, 0, width, container.clientHeight);
      renderer.render(scene, camera);
    });
  }

  function reset() {
    const distance = radius / Math.sin(halfView) / Math.min(1, camera.aspect) / 0.95;
    camera.position.set(Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)).multiplyScalar(distance);
    controls.target.set(0, 0, 0);
    controls.update();
    draw();
  }

  function resize() {
    const { clientWidth, clientHeight } = container;
    if (!clientWidth || !clientHeight) return;
    renderer.setSize(clientWidth, clientHeight);
    camera.aspect = clientWidth / views.length / clientHeight;
    camera.updateProjectionMatrix();
    draw();
  }

  controls.addEventListener("change", draw);
  const observer = new ResizeObserver(resize);
  observer.observe(container);
  container.append(renderer.domElement);
  resize();
  reset();
  return {
    step, reset,
    shade(mode) { views.forEach((each) => each.shade(mode)); draw(); },
    grid(on) { views.forEach((each) => { each.floor.visible = on; }); draw(); },
    parts: () => models.map(partOf),
    highlight(id) { views.forEach((each) => each.highlight(id)); draw(); },
    dispose() {
      observer.disconnect();
      controls.dispose();
      models.forEach((model) => model.traverse((node) => node.geometry?.dispose()));
      giveBack(renderer);
    },
  };
}

function giveBack(renderer) {
  renderer.dispose();
  renderer.forceContextLoss();
  renderer.domElement.remove();
}

/** One model in a scene of its own, its centre in the origin. */
function view(model, box, radius, step, container) {
  const scene = new Scene();
  const place = new Group();
  place.position.copy(box.getCenter(new Vector3())).negate();
  const overlay = new Group();
  const light = new Group();
  const floor = grid(box, radius, step, container);
  place.add(model, overlay, light, floor);
  scene.add(place, ...lights(radius));
  scene.updateMatrixWorld(true);

  function shade(mode) {
    overlay.clear();
    scene.overrideMaterial = mode === "normals" ? new MeshNormalMaterial() : null;
    if (mode === "wireframe") overlay.add(...wires(model, place, getComputedStyle(container).color));
    model.visible = mode !== "wireframe";
  }

  function highlight(id) {
    light.clear();
    const part = id == null ? null : model.getObjectByProperty("uuid", id);
    const ink = new MeshBasicMaterial({ color: new Color(getComputedStyle(container).outlineColor), transparent: true, opacity: 0.6, depthTest: false });
    part?.traverse((node) => {
      if (node.isMesh) light.add(within(place, node, node.clone(false), (copy) => { copy.material = ink; }));
    });
  }
  return { scene, floor, shade, highlight };
}

function wires(model, place, colour) {
  const ink = new LineBasicMaterial({ color: new Color(colour) });
  const lines = [];
  model.traverse((node) => {
    if (node.isMesh) lines.push(within(place, node, new LineSegments(new WireframeGeometry(node.geometry), ink)));
  });
  return lines;
}

/** `copy` where `node` stands, as a child of a group in `place`. */
function within(place, node, copy, finish) {
  copy.matrixAutoUpdate = false;
  copy.matrix.copy(place.matrixWorld).invert().multiply(node.matrixWorld);
  finish?.(copy);
  return copy;
}

/** { id, name, children } of what has meshes in it. A node with one unnamed child stands for it. */
function partOf(node) {
  const name = node.userData.name ?? node.name; // the loader puts _ for spaces in names, and keeps the file's here
  const children = node.children.filter((child) => holdsMesh(child)).map(partOf);
  if (children.length === 1 && (!name || !node.isMesh)) return { ...children[0], name: name || children[0].name };
  return { id: node.uuid, name, children };
}

function holdsMesh(node) {
  return node.isMesh || node.isPoints || node.children.some(holdsMesh);
}

function lights(radius) {
  const from = (x, y, z, strength) => {
    const light = new DirectionalLight(0xffffff, strength);
    light.position.set(x, y, z).multiplyScalar(radius * 3);
    return light;
  };
  return [new HemisphereLight(0xffffff, 0xb8b0a4, 1.6), new AmbientLight(0xffffff, 0.3), from(0.6, 1, 0.8, 1.9), from(-0.8, 0.3, 0.4, 0.5), from(0, 0.5, -1, 0.6)];
}

/** A round length for the grid's cells: 1, 2 or 5 times a power of ten metres. */
function cell(radius) {
  const wanted = radius / 4;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [5, 2, 1].map((n) => n * power).find((n) => n <= wanted) ?? power;
}

function grid(box, radius, step, container) {
  const cells = 2 * Math.ceil((radius * 1.6) / step);
  const line = new Color(getComputedStyle(container).borderTopColor);
  const found = new GridHelper(cells * step, cells, line, line);
  const middle = box.getCenter(new Vector3());
  found.position.set(middle.x, box.min.y, middle.z);
  return found;
}
