package io.inscape.autograd;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;

/// Operators that move values or add them up along axes.
final class ShapeOperators {
  private ShapeOperators() {}

  static Operator flatten() {
    return node -> {
      long stated = node.node().integer("axis", 1);
      return inputs -> {
        Shape shape = inputs.first().getShape();
        int axis = axis(stated, shape.dimension());
        long rows = shape.slice(0, axis).size();
        return JniUtils.reshape(
            inputs.first(), new long[] {rows, rows == 0 ? 0 : shape.size() / rows});
      };
    };
  }

  /// A 0 keeps the input's size unless `allowzero` is set, a -1 takes what is left.
  static Operator reshape() {
    return node -> {
      long[] target =
          node.longs("shape", 1)
              .orElseThrow(() -> node.refuse("there is no shape", "a constant shape"));
      boolean zeroIsZero = node.flag("allowzero");
      return inputs -> {
        long[] sizes = target.clone();
        for (int axis = 0; axis < sizes.length && !zeroIsZero; axis++) {
          if (sizes[axis] == 0) {
            sizes[axis] = inputs.first().getShape().get(axis);
          }
        }
        return JniUtils.reshape(inputs.first(), sizes);
      };
    };
  }

  static Operator transpose() {
    return node -> {
      long[] stated = node.longs("perm");
      return inputs -> {
        int axes = inputs.first().getShape().dimension();
        long[] order = stated.length > 0 ? stated : new long[axes];
        for (int axis = 0; axis < axes && stated.length == 0; axis++) {
          order[axis] = axes - 1L - axis;
        }
        return JniUtils.permute(inputs.first(), order);
      };
    };
  }

  static Operator squeeze() {
    return node -> {
      long[] stated = node.longs("axes", 1).orElse(new long[0]);
      return inputs -> {
        long[] sizes = inputs.first().getShape().getShape();
        boolean[] gone = new boolean[sizes.length];
        for (long axis : stated) {
          gone[axis(axis, sizes.length)] = true;
        }
        long[] left = new long[sizes.length];
        int axes = 0;
        for (int axis = 0; axis < sizes.length; axis++) {
          if (stated.length == 0 ? sizes[axis] != 1 : !gone[axis]) {
            left[axes++] = sizes[axis];
          }
        }
        return JniUtils.reshape(inputs.first(), Arrays.copyOf(left, axes));
      };
    };
  }

  static Operator unsqueeze() {
    return node -> {
      long[] stated =
          node.longs("axes", 1)
              .orElseThrow(() -> node.refuse("there are no axes", "constant axes"));
      return inputs -> {
        long[] sizes = inputs.first().getShape().getShape();
        boolean[] added = new boolean[sizes.length + stated.length];
        for (long axis : stated) {
          added[axis(axis, added.length)] = true;
        }
        long[] grown = new long[added.length];
        int from = 0;
        for (int axis = 0; axis < grown.length; axis++) {
          grown[axis] = added[axis] ? 1 : sizes[from++];
        }
        return JniUtils.reshape(inputs.first(), grown);
      };
    };
  }

  static Operator concat() {
    return node -> {
      long axis = node.node().integer("axis", 0);
      return inputs -> {
        PtNDArray[] parts = new PtNDArray[inputs.count()];
        for (int i = 0; i < parts.length; i++) {
          parts[i] = inputs.at(i);
        }
        return JniUtils.cat(parts, axis);
      };
    };
  }

  static Operator sum() {
    return node -> {
      long[] stated = node.longs("axes", 1).orElse(new long[0]);
      boolean keep = node.node().integer("keepdims", 1) != 0;
      boolean nothing = stated.length == 0 && node.flag("noop_with_empty_axes");
      return inputs ->
          nothing
              ? ElementwiseOperators.same(inputs.first())
              : JniUtils.sum(inputs.first(), axes(stated, inputs.first()), keep);
    };
  }

  static Operator mean() {
    return node -> {
      long[] stated = node.longs("axes", 1).orElse(new long[0]);
      boolean keep = node.node().integer("keepdims", 1) != 0;
      boolean nothing = stated.length == 0 && node.flag("noop_with_empty_axes");
      return inputs -> {
        if (nothing) {
          return ElementwiseOperators.same(inputs.first());
        }
        long[] axes = axes(stated, inputs.first());
        long count = 1;
        for (long axis : axes) {
          count *= inputs.first().getShape().get(Math.toIntExact(axis));
        }
        PtNDArray sum = JniUtils.sum(inputs.first(), axes, keep);
        return JniUtils.div(sum, inputs.number((double) count));
      };
    };
  }

  private static long[] axes(long[] stated, PtNDArray array) {
    int count = array.getShape().dimension();
    long[] axes = new long[stated.length == 0 ? count : stated.length];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = stated.length == 0 ? i : axis(stated[i], count);
    }
    return axes;
  }

  private static int axis(long stated, int axes) {
    return Math.toIntExact(stated < 0 ? stated + axes : stated);
  }
}
