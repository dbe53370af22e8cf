package io.inscape.autograd;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.foreign.MemorySegment;

/// The one door to the native engine: starts it, and shows an array's memory.
final class Native {
  private Native() {}

  /// Starts the engine on first use, without ever reaching for the network.
  ///
  /// @return a manager whose arrays live until it is closed
  static PtNDManager manager() {
    if (System.getProperty("ai.djl.offline") == null) {
      System.setProperty("ai.djl.offline", "true"); // no download, no call home
    }
    ThreadWaiting.sleep();
    try {
      return (PtNDManager) Engine.getEngine("PyTorch").newBaseManager();
    } catch (EngineException | UnsatisfiedLinkError e) {
      throw new IllegalStateException(
          "the native PyTorch library did not start on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " ("
              + e.getMessage()
              + "); training needs it, every view of a trained network works without",
          e);
    }
  }

  /// Sets what the engine keeps per thread: how many threads compute, and whether the tape runs.
  static void enter(int threads, boolean tape) {
    JniUtils.setNumThreads(threads);
    JniUtils.setGradMode(tape);
  }

  static void leave() {
    JniUtils.setGradMode(false);
  }

  /// The array's memory, row-major; valid until the array is closed.
  static MemorySegment segment(PtNDArray array) {
    return MemorySegment.ofBuffer(JniUtils.getByteBuffer(array, true));
  }

  /// The same memory without its history, as an array of another manager.
  static PtNDArray detached(PtNDArray array, PtNDManager manager, boolean gradient) {
    PtNDArray copy = JniUtils.detachGradient(array);
    copy.attach(manager);
    if (gradient) {
      JniUtils.attachGradient(copy, true);
    }
    return copy;
  }
}
