package io.inscape.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import io.inscape.dataset.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns ONNX's nodes into ours.
final class NodeReader {
  private final String origin;

  NodeReader(String origin) {
    this.origin = origin;
  }

  List<Node> read(List<NodeProto> protos) {
    List<Node> nodes = new ArrayList<>(protos.size());
    for (NodeProto proto : protos) {
      nodes.add(node(proto));
    }
    return nodes;
  }

  private Node node(NodeProto proto) {
    if (proto.getOpType().isEmpty()) {
      throw InputException.malformed(
          origin,
          "node '" + proto.getName() + "'",
          "no operator",
          "the name of one",
          "export the network again");
    }
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (AttributeProto attribute : proto.getAttributeList()) {
      attributes.put(attribute.getName(), value(attribute, proto));
    }
    return new Node(
        proto.getName(),
        proto.getOpType(),
        proto.getDomain(),
        proto.getInputList(),
        proto.getOutputList(),
        attributes);
  }

  private Object value(AttributeProto attribute, NodeProto node) {
    return switch (attribute.getType()) {
      case FLOAT -> attribute.getF();
      case INT -> attribute.getI();
      case STRING -> attribute.getS().toStringUtf8();
      case FLOATS -> List.copyOf(attribute.getFloatsList());
      case INTS -> List.copyOf(attribute.getIntsList());
      case STRINGS -> attribute.getStringsList().stream().map(ByteString::toStringUtf8).toList();
      case TENSOR -> new Tensor(TensorCheck.check(attribute.getT(), origin));
      case GRAPH -> subgraph(attribute.getG());
      case UNDEFINED, SPARSE_TENSOR, TYPE_PROTO, TENSORS, GRAPHS, SPARSE_TENSORS, TYPE_PROTOS ->
          throw InputException.unsupported(
              origin,
              "node '" + node.getName() + "' (" + node.getOpType() + ")",
              "attribute '" + attribute.getName() + "' of kind " + attribute.getType(),
              "numbers, text, a tensor or a graph",
              "export the network with another operator set");
    };
  }

  private Node.Subgraph subgraph(GraphProto graph) {
    List<String> inputs = new ArrayList<>();
    graph.getInputList().forEach(input -> inputs.add(input.getName()));
    graph.getInitializerList().forEach(tensor -> inputs.add(tensor.getName()));
    List<String> outputs = new ArrayList<>();
    graph.getOutputList().forEach(output -> outputs.add(output.getName()));
    return new Node.Subgraph(read(graph.getNodeList()), inputs, outputs);
  }
}
