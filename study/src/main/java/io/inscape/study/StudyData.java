package io.inscape.study;

import io.inscape.dataset.Content;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Images;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Texts;
import io.inscape.dataset.Vectors;
import io.inscape.dataset.source.Datasets;
import io.inscape.matrix.Progress;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.outside.OutsideData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The data of a study: found by what `study.json` says, opened at first use, and never others than
/// those that the study was made with.
final class StudyData implements AutoCloseable {
  private final Path folder;
  private final StudyFolder files;
  private final StudyInfo info;
  private final Optional<Path> index;
  private final int[] sample;
  private @Nullable Dataset dataset;
  private @Nullable VectorFiles vectors;
  private @Nullable OutsideData outside;
  private @Nullable Content content;
  private final List<Runnable> closing = new ArrayList<>();

  /// @param sample the indices of the observations looked at, ascending; not modified
  StudyData(StudyFolder folder, StudyInfo info, int[] sample, boolean readOnly) {
    this.folder = folder.root();
    this.files = folder;
    this.info = info;
    this.sample = sample;
    Path file = folder.dataIndex();
    this.index = readOnly && !Files.exists(file) ? Optional.empty() : Optional.of(file);
  }

  synchronized Dataset dataset() {
    requireParts();
    if (dataset == null) {
      requireWhole();
      keep(
          Datasets.open(
              info.dataset().request(Pipeline.parse(info.pipeline())), index, Progress.none()));
    }
    return Objects.requireNonNull(dataset);
  }

  /// Refuses a study of vectors that no network is looked at with.
  void requireParts() {
    if (info.dataset().madeElsewhere()) {
      throw new StudyException(
          Kind.UNKNOWN,
          "study "
              + folder
              + " is about activations that were made elsewhere and has no network or training data,"
              + " which this needs; import networks as ONNX files with their data set to have it");
    }
    if (!info.dataset().hasParts()) {
      throw new IllegalArgumentException(
          "study "
              + folder
              + " is about the vectors of "
              + info.dataset().source()
              + ", and a network needs a data set with a training and a test part; name a"
              + " study of one");
    }
  }

  /// Refuses a study that is not of activations that were made elsewhere.
  void requireMadeElsewhere() {
    if (!info.dataset().madeElsewhere()) {
      throw new StudyException(
          Kind.OTHER_PARAMETERS,
          "study "
              + folder
              + " is about "
              + info.dataset().name()
              + ", not about activations that were made elsewhere; make a new study for them");
    }
  }

  /// Refuses a study without images.
  void requireImages() {
    requireParts();
    if (info.dataset().kind() != StudyInfo.DataKind.IMAGES) {
      throw new IllegalArgumentException(
          "study "
              + folder
              + " is about "
              + info.dataset().kind().name().toLowerCase(Locale.ROOT)
              + ", and networks are trained here on images only; train elsewhere and import the"
              + " checkpoints");
    }
  }

  synchronized Content content() {
    if (content == null) {
      content =
          ObservedFile.isThere(files, info) ? ObservedFile.read(files, info, sample) : found();
    }
    return content;
  }

  private Content found() {
    if (info.dataset().madeElsewhere()) {
      return openOutside().content().orElseThrow(this::noContent);
    }
    return info.dataset().hasParts()
        ? dataset().part(info.sample().split()).content()
        : openVectors().vectors();
  }

  private StudyException noContent() {
    return new StudyException(
        Kind.UNKNOWN,
        "study "
            + folder
            + " has the activations of its observations, not the observations; put images.npy or"
            + " vectors.npy into their folder and make the study again to have them");
  }

  private OutsideData openOutside() {
    if (outside == null) {
      OutsideData opened =
          OutsideData.open(folder.resolve(info.dataset().activationFolder()).normalize());
      try {
        requireSame(opened.digest());
        outside = opened;
      } finally {
        if (outside == null) {
          opened.close();
        }
      }
    }
    return outside;
  }

  /// A study that was sent by somebody names a place on that person's machine, which is nobody's to
  /// open here.
  private void requireWhole() {
    if (ObservedFile.isThere(files, info)) {
      throw new StudyException(
          Kind.UNKNOWN,
          "study "
              + folder
              + " came with the "
              + sample.length
              + " observations that it looks at, and not with the whole data set "
              + info.dataset().name()
              + ", which this needs; to use your own copy, write where it is into dataset.source of"
              + " study.json and remove "
              + ObservedFile.file(files, info).getFileName());
    }
  }

  /// The images that are looked at, of a study that has some.
  Images observed() {
    return switch (content()) {
      case Images images -> images;
      case Vectors _, Texts _ ->
          throw new StudyException(
              Kind.UNKNOWN,
              "study " + folder + " is about " + content().noun() + ", which have no images");
    };
  }

  byte[] images(int from, int to) {
    requireRange(from, to);
    return observed().toArray(Arrays.copyOfRange(sample, from, to));
  }

  List<String> texts(int from, int to) {
    if (!(content() instanceof Texts texts)) {
      throw new StudyException(
          Kind.UNKNOWN, "study " + folder + " is about " + content().noun() + ", not about texts");
    }
    requireRange(from, to);
    return Arrays.stream(sample, from, to).mapToObj(texts::text).toList();
  }

  private void requireRange(int from, int to) {
    if (from < 0 || from > to || to > sample.length) {
      throw new IllegalArgumentException(
          "observations must lie in [0, " + sample.length + "), got [" + from + ", " + to + ")");
    }
  }

  private VectorFiles openVectors() {
    String labels = info.dataset().labelsSource();
    if (vectors == null) {
      VectorFiles opened =
          VectorFiles.open(
              Path.of(info.dataset().source()), labels == null ? null : Path.of(labels));
      try {
        keep(opened);
      } finally {
        if (vectors == null) {
          opened.close();
        }
      }
    }
    return Objects.requireNonNull(vectors);
  }

  synchronized void keep(Dataset opened) {
    if (!isAsFormerly(opened)) {
      requireSame(opened.digest());
    }
    dataset = opened;
  }

  /// Whether the data set is the one of a study that an older version made, by the digest that the
  /// older version gave it.
  private boolean isAsFormerly(Dataset opened) {
    String made = info.dataset().digest();
    return info.format() < Study.FORMAT
        && !opened.digest().equals(made)
        && Datasets.formerDigest(info.dataset().source()).filter(made::equals).isPresent();
  }

  synchronized void keep(VectorFiles opened) {
    requireSame(opened.digest());
    vectors = opened;
  }

  private void requireSame(String digest) {
    String made = info.dataset().digest();
    if (!digest.equals(made)) {
      throw new StudyException(
          Kind.OTHER_PARAMETERS,
          "data set "
              + info.dataset().source()
              + " must be the one the study was made with (SHA-256 "
              + made.substring(0, 12)
              + "...), got "
              + digest.substring(0, 12)
              + "...; put the old files back, or make a new study");
    }
  }

  synchronized void whenClosed(Runnable action) {
    closing.add(action);
  }

  @Override
  public void close() {
    List<Runnable> actions;
    synchronized (this) {
      actions = List.copyOf(closing);
      closing.clear();
    }
    actions.forEach(Runnable::run); // without the lock: they may wait for one who needs the data
    closeFiles();
  }

  private synchronized void closeFiles() {
    if (vectors != null) {
      vectors.close();
      vectors = null;
    }
    if (outside != null) {
      outside.close();
      outside = null;
    }
  }
}
