package io.inscape.study.role;

import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.Study;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.run.Run;
import io.inscape.study.unit.UnitActivations;
import io.inscape.study.unit.UnitSource;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The activations that were asked for last, as long as there is memory for them: whoever looks at
/// one unit of a layer looks at others next. Safe for use by several threads.
final class KeptActivations {
  private static final int REMEMBERED = 4;

  private final Study study;
  private final Workers workers;
  private final Map<Key, SoftReference<Matrix>> kept =
      new LinkedHashMap<>(16, .75f, true); // guarded by itself

  KeptActivations(Study study, Workers workers) {
    this.study = study;
    this.workers = workers;
  }

  /// What they were made of: a run that is trained anew writes another network.
  private record Key(UnitSource source, String made) {}

  /// The units of a resolved source, `[observation, unit]`.
  Matrix get(UnitSource source) {
    Key key = key(source);
    Matrix known = known(key);
    if (known != null) {
      return known;
    }
    Matrix read = UnitActivations.read(study, source, workers, Progress.none());
    synchronized (kept) {
      kept.put(key, new SoftReference<>(read));
      if (kept.size() > REMEMBERED) {
        kept.remove(kept.keySet().iterator().next());
      }
    }
    return read;
  }

  private @Nullable Matrix known(Key key) {
    synchronized (kept) {
      SoftReference<Matrix> reference = kept.get(key);
      return reference == null ? null : reference.get();
    }
  }

  private Key key(UnitSource source) {
    Run run = study.run(source.run());
    if (!run.info().hasNetworks()) {
      return new Key(source, run.digest(source.epoch()));
    }
    Path network = run.snapshot(source.epoch());
    try {
      return new Key(source, Files.getLastModifiedTime(network) + " " + Files.size(network));
    } catch (IOException e) {
      throw new StudyException(Kind.DAMAGED, network + " cannot be read: " + e.getMessage(), e);
    }
  }
}
