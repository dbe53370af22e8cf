package io.inscape.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.inscape.dataset.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Brings constants that a model keeps in other files into the model.
///
/// The other files must lie in the model's folder or below it: a model from a stranger must not
/// make us read what it names elsewhere, be it by an absolute path, by `..` or by a link.
final class ExternalData {
  private final String origin;
  private final Path folder;
  private long bytes;

  ExternalData(Path model) {
    this.origin = model.toString();
    Path parent = model.toAbsolutePath().getParent();
    this.folder = parent == null ? model.toAbsolutePath() : parent;
  }

  /// Refuses a model that needs other files.
  static void refuse(ModelProto model, String origin) {
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      if (isExternal(tensor)) {
        throw InputException.unsupported(
            origin,
            "constant '" + tensor.getName() + "'",
            "data in another file",
            "data in the model itself",
            "open the model as a file, with its data beside it");
      }
    }
  }

  ModelProto inline(ModelProto model) {
    if (!hasExternal(model.getGraph())) {
      return model;
    }
    ModelProto.Builder changed = model.toBuilder();
    inline(changed.getGraphBuilder());
    return changed.build();
  }

  private static boolean hasExternal(GraphProto graph) {
    return graph.getInitializerList().stream().anyMatch(ExternalData::isExternal)
        || graph.getNodeList().stream()
            .flatMap(node -> node.getAttributeList().stream())
            .anyMatch(a -> isExternal(a.getT()) || (a.hasG() && hasExternal(a.getG())));
  }

  private void inline(GraphProto.Builder graph) {
    for (int i = 0; i < graph.getInitializerCount(); i++) {
      if (isExternal(graph.getInitializer(i))) {
        graph.setInitializer(i, load(graph.getInitializer(i)));
      }
    }
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
        if (isExternal(attribute.getT())) {
          attribute.setT(load(attribute.getT()));
        } else if (attribute.hasG()) {
          inline(attribute.getGBuilder());
        }
      }
    }
  }

  private void requireRoom(long more) {
    bytes += more;
    if (bytes > Integer.MAX_VALUE - (64L << 20)) {
      throw InputException.unsupported(
          origin,
          "the graph's constants",
          "more than 2 GiB",
          "less than 2 GiB",
          "export the network with smaller element types");
    }
  }

  private static boolean isExternal(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }

  private TensorProto load(TensorProto tensor) {
    Map<String, String> where = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      where.put(entry.getKey(), entry.getValue());
    }
    Path file = locate(tensor, where.getOrDefault("location", ""));
    long expected = TensorCheck.type(tensor, origin).bytes(TensorCheck.elements(tensor, origin));
    long offset = number(tensor, where.getOrDefault("offset", "0"));
    long length = number(tensor, where.getOrDefault("length", Long.toString(expected)));
    if (length != expected) {
      throw wrong(tensor, length + " bytes", expected + " bytes for its shape");
    }
    requireRoom(length);
    return tensor.toBuilder()
        .setRawData(read(tensor, file, offset, Math.toIntExact(length)))
        .clearExternalData()
        .clearDataLocation()
        .build();
  }

  private Path locate(TensorProto tensor, String location) {
    Path file;
    try {
      file = folder.resolve(location).normalize();
    } catch (InvalidPathException e) {
      throw outside(tensor, location);
    }
    if (location.isEmpty()
        || Path.of(location).isAbsolute()
        || !file.startsWith(folder.normalize())) {
      throw outside(tensor, location);
    }
    if (!Files.isRegularFile(file)) {
      throw InputException.missing(
          file.toString(),
          "the data of constant '" + tensor.getName() + "' of " + origin,
          "put the model's data files beside it");
    }
    try {
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw outside(tensor, location);
      }
      return file;
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    }
  }

  private InputException outside(TensorProto tensor, String location) {
    return wrong(tensor, "data in '" + location + "'", "a file inside the model's folder");
  }

  private InputException wrong(TensorProto tensor, String found, String expected) {
    return InputException.malformed(
        origin,
        "constant '" + tensor.getName() + "'",
        found,
        expected,
        "export the network again, with its data beside it");
  }

  private long number(TensorProto tensor, String text) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw wrong(tensor, "'" + text + "' as place or length of its data", "a number of bytes");
  }

  private ByteString read(TensorProto tensor, Path file, long offset, int length) {
    try (FileChannel channel = FileChannel.open(file)) {
      if (offset > channel.size() - length) {
        throw wrong(
            tensor,
            channel.size() + " bytes in " + file.getFileName(),
            length + " bytes from byte " + offset);
      }
      ByteBuffer bytes = ByteBuffer.allocateDirect(length); // large ones do not belong on the heap
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, offset + bytes.position()) < 0) {
          throw new EOFException(file + " became shorter while it was read");
        }
      }
      return UnsafeByteOperations.unsafeWrap(bytes.flip());
    } catch (IOException e) {
      throw InputException.refused(file.toString(), "read", e);
    } catch (OutOfMemoryError e) {
      throw wrong(tensor, length + " bytes, more than there is memory for", "data that fit");
    }
  }
}
