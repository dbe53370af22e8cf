"""Exports small networks from PyTorch as a person would, with what PyTorch makes of a few observations.

python3 export.py FOLDER writes NAME.onnx, NAME.input.npy and NAME.LAYER.npy, where LAYER is what Inscape calls the value.
Exit code 77: torch, torchvision or onnx is missing.
"""
import sys

try:
    import numpy as np
    import torch
    import onnx
    import torchvision
    from torch import nn
except ImportError:
    sys.exit(77)

folder = sys.argv[1]
torch.manual_seed(0)
torch.set_num_threads(1)


def export(name, model, shape, watched, opset=13, batch=True, half=False, axis=0, count=3):
    """watched: layer name -> (module, what of its output)."""
    model = model.eval()
    size = list(shape)
    size.insert(axis, count)
    x = torch.rand(size)
    kept = {}
    hooks = [
        module.register_forward_hook(lambda _m, _i, out, key=key, pick=pick: kept.__setitem__(key, pick(out)))
        for key, (module, pick) in watched.items()
    ]
    with torch.no_grad():
        model(x)
    for hook in hooks:
        hook.remove()
    rows = x.movedim(axis, 0).contiguous()
    np.save(f"{folder}/{name}.input.npy", rows.numpy().astype(np.float32))
    for key, value in kept.items():
        np.save(f"{folder}/{name}.{key}.npy", value.float().contiguous().numpy())
    torch.onnx.export(
        model, x, f"{folder}/{name}.onnx", opset_version=opset, input_names=["input"],
        dynamic_axes={"input": {axis: "batch"}} if batch else None)
    if half:
        halve(f"{folder}/{name}.onnx")


def halve(file):
    """Torch 1.13 cannot run 16-bit floats on a processor, so the exported graph is converted."""
    from onnx import numpy_helper

    model = onnx.load(file)

    def converted(tensor):
        if tensor.data_type == onnx.TensorProto.FLOAT:
            values = numpy_helper.to_array(tensor).astype(np.float16)
            tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))

    for tensor in model.graph.initializer:
        converted(tensor)
    for node in model.graph.node:
        for attribute in node.attribute:
            if attribute.HasField("t"):
                converted(attribute.t)
    for value in [*model.graph.input, *model.graph.output]:
        value.type.tensor_type.elem_type = onnx.TensorProto.FLOAT16
    del model.graph.value_info[:]
    onnx.save(model, file)


def everything(out):
    return out


def flat(out):
    return out.flatten(1)


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.code = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 6), nn.Tanh())
        self.back = nn.Sequential(nn.Linear(6, 32), nn.ReLU(), nn.Linear(32, 64), nn.Sigmoid())

    def forward(self, x):
        return self.back(self.code(x.flatten(1))).reshape(-1, 1, 8, 8)


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(8, 12, batch_first=True)
        self.head = nn.Linear(12, 5)

    def forward(self, x):
        return self.head(self.lstm(x)[0][:, -1])


class Tokens(nn.Module):
    def __init__(self, batch_first, norm_first):
        super().__init__()
        layer = nn.TransformerEncoderLayer(16, 4, 32, batch_first=batch_first, norm_first=norm_first)
        self.encoder = nn.TransformerEncoder(layer, 3, enable_nested_tensor=False)
        self.head = nn.Linear(16, 4)
        self.axis = 1 if batch_first else 0

    def forward(self, x):
        return self.head(self.encoder(x).mean(self.axis))


resnet = torchvision.models.resnet18(num_classes=10)
stages = [resnet.layer1, resnet.layer2, resnet.layer3, resnet.layer4]
blocks = {f"block{i + 1}": (block, everything) for i, block in enumerate(b for s in stages for b in s)}
watched = {**blocks, "embedding": (resnet.avgpool, flat), "logits": (resnet.fc, everything)}
for opset in (11, 13, 15, 17):
    export(f"resnet18-{opset}", resnet, (3, 64, 64), watched, opset)
export("resnet18-static", resnet, (3, 64, 64), watched, batch=False)
export("resnet18-half", resnet, (3, 64, 64), watched, half=True)

mobile = torchvision.models.mobilenet_v2(num_classes=10)
watched = {f"block{i}": (mobile.features[i], everything) for i in range(1, 18)}
watched["logits"] = (mobile.classifier, everything)
export("mobilenet_v2", mobile, (3, 64, 64), watched)

vit = torchvision.models.VisionTransformer(32, 8, 4, 4, 48, 96, num_classes=10)
watched = {f"block{i + 1}": (layer, lambda out: out[:, 0]) for i, layer in enumerate(vit.encoder.layers)}
watched["logits"] = (vit.heads, everything)
for opset in (14, 17):
    export(f"vit-{opset}", vit, (3, 32, 32), watched, opset)
export("vit-static", vit, (3, 32, 32), watched, 14, batch=False)

coder = Autoencoder()
export("autoencoder", coder, (1, 8, 8), {"code": (coder.code, everything)})

recurrent = Recurrent()
export("lstm", recurrent, (7, 8), {"lstm1": (recurrent.lstm, lambda out: out[0]), "logits": (recurrent.head, everything)})

for norm_first in (False, True):
    for batch_first in (False, True):
        model = Tokens(batch_first, norm_first).train()  # the fast path of evaluation cannot be exported
        for module in model.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0
            if isinstance(module, nn.MultiheadAttention):
                module.dropout = 0.0
        axis = 0 if batch_first else 1
        model.eval = lambda model=model: model
        watched = {
            f"block{i + 1}": (layer, lambda out, a=1 - axis: out.mean(a))
            for i, layer in enumerate(model.encoder.layers)
        }
        watched["logits"] = (model.head, everything)
        name = ("pre" if norm_first else "post") + ("-batch" if batch_first else "-token")
        export("encoder-" + name, model, (9, 16), watched, 14, axis=axis)
