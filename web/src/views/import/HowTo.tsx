import { useState } from "react";

const RECIPES = [
  {
    name: "PyTorch",
    text: "In the training loop, once per epoch that you want to keep:",
    code: `model.eval()
torch.onnx.export(model, images[:1], f"checkpoints/epoch-{epoch}.onnx",
                  input_names=["images"], output_names=["scores"],
                  dynamic_axes={"images": {0: "n"}, "scores": {0: "n"}})
model.train()`,
  },
  {
    name: "Keras",
    text: "As a callback of fit:",
    code: `class Keep(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        self.model.export(f"checkpoints/epoch-{epoch + 1}.onnx", format="onnx")

model.fit(x, y, callbacks=[Keep()])`,
  },
  {
    name: "scikit-learn",
    text: "After fitting, with skl2onnx:",
    code: `from skl2onnx import to_onnx
with open("model.onnx", "wb") as file:
    file.write(to_onnx(model, X[:1].astype("float32")).SerializeToString())`,
  },
  {
    name: "Activations",
    text: "Without ONNX, from any program that writes arrays: the same observations, in the same order, at every epoch:",
    code: `here = pathlib.Path("activations", "my-run", f"epoch-{epoch:04}")
here.mkdir(parents=True, exist_ok=True)
for name, values in layers.items():  # [observation, unit] or [observation, channel, row, col]
    np.save(here / f"{name}.npy", values)
np.save("activations/labels.npy", labels)`,
  },
] as const;

/** Where such files come from, for who has a model but no files yet. */
export function HowTo() {
  const [name, choose] = useState<string>(RECIPES[0].name);
  const recipe = RECIPES.find((one) => one.name === name)!;
  return (
    <section className="card how-to" aria-label="Where the files come from">
      <header>
        <h3>Your model is still in Python?</h3>
        <div className="segments" role="group" aria-label="Made with">
          {RECIPES.map((one) => (
            <button key={one.name} type="button" aria-pressed={one.name === name} onClick={() => choose(one.name)}>
              {one.name}
            </button>
          ))}
        </div>
      </header>
      <p className="sentence">{recipe.text}</p>
      <pre tabIndex={0} aria-label={`Lines for ${recipe.name}`}>
        <code>{recipe.code}</code>
      </pre>
    </section>
  );
}
