package io.inscape.study;

import io.inscape.activation.ActivationStore;
import io.inscape.activation.NpyFile;
import io.inscape.dataset.Content;
import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Feed;
import io.inscape.dataset.Images;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Split;
import io.inscape.dataset.Texts;
import io.inscape.dataset.Vectors;
import io.inscape.dataset.source.Datasets;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.study.file.SafeFiles;
import io.inscape.study.file.StudyException;
import io.inscape.study.file.StudyException.Kind;
import io.inscape.study.file.StudyFolder;
import io.inscape.study.file.StudyLock;
import io.inscape.study.outside.OutsideData;
import io.inscape.study.outside.OutsideFolder;
import io.inscape.study.run.ActivationRuns;
import io.inscape.study.run.ImportProgress;
import io.inscape.study.run.ImportRequest;
import io.inscape.study.run.Run;
import io.inscape.study.run.RunEvent;
import io.inscape.study.run.RunInfo;
import io.inscape.study.run.RunRequest;
import io.inscape.study.run.Runs;
import io.inscape.study.run.TrainingGround;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A study: one data set, one sample of its observations, the networks trained on it, and what was
/// made of them.
///
/// All of it lies in one folder of plain files (`docs/study-folder.md`). One process writes at a
/// time; any number read. A process may be killed at any moment: the next start finds the last
/// complete state. Safe for use by several threads.
public final class Study implements AutoCloseable {
  /// The newest format of the folders that this version reads and writes; it reads all before, and
  /// writes the oldest that can say what a study is.
  public static final int FORMAT = 3;

  private final StudyFolder folder;
  private final SafeFiles files;
  private final @Nullable StudyLock lock;
  private final StudyInfo info;
  private final int[] sample;
  private final int @Nullable [] labels;
  private final Runs runs;
  private final Captures captures;
  private final StudyData data;

  private Study(StudyFolder folder, SafeFiles files, @Nullable StudyLock lock) {
    this.folder = folder;
    this.files = files;
    this.lock = lock;
    this.info = StudyFiles.read(folder);
    this.sample = column(folder.sample());
    this.labels =
        info.dataset().labels() == StudyInfo.LabelKind.CLASSES
            ? column(folder.sampleLabels())
            : null;
    this.runs = new Runs(folder, files, lock == null, sample.length);
    this.data = new StudyData(folder, info, sample, lock == null);
    this.captures = new Captures(this);
  }

  /// Makes a new study and opens it for writing.
  ///
  /// @param folder not there yet, or empty
  /// @param config what the study is about
  /// @return the study, to be closed
  /// @throws StudyException of kind [Kind#EXISTS] if the folder holds something else
  /// @throws InputException if the data set is not there or damaged
  public static Study create(Path folder, StudyConfig config) {
    return create(folder, config, SafeFiles.plain());
  }

  static Study create(Path path, StudyConfig config, SafeFiles files) {
    StudyFiles.requireVacant(new StudyFolder(path));
    DataRequest request = config.request();
    Dataset dataset =
        Datasets.open(request, Optional.of(new StudyFolder(path).dataIndex()), Progress.none());
    Study study = begin(path, files, StudyFiles.of(config, dataset, request));
    study.data.keep(dataset);
    return study;
  }

  /// Makes a new study of vectors and opens it for writing. The files stay where they are; they are
  /// read once for their digest and searched for NaN and infinity.
  ///
  /// @param folder not there yet, or empty
  /// @param config what the study is about
  /// @return the study, to be closed
  /// @throws StudyException of kind [Kind#EXISTS] if the folder holds something else
  /// @throws InputException if a file is not there or damaged, or holds what is no finite number
  public static Study createVectors(Path folder, VectorStudyConfig config) {
    StudyFiles.requireVacant(new StudyFolder(folder));
    VectorFiles vectors = VectorFiles.open(config.vectors(), config.labelsFile());
    boolean begun = false;
    try {
      vectors.requireFinite(config.vectors());
      Study study = begin(folder, SafeFiles.plain(), StudyFiles.of(config, vectors));
      study.data.keep(vectors);
      begun = true;
      return study;
    } finally {
      if (!begun) {
        vectors.close();
      }
    }
  }

  /// Makes a new study of activations that were made elsewhere and opens it for writing, without a
  /// run yet: [#importActivations] takes them in. The files stay where they are.
  ///
  /// @param folder not there yet, empty, or with nothing but the folder of the activations in it
  /// @param config what the study is about
  /// @return the study, to be closed
  /// @throws StudyException of kind [Kind#EXISTS] if the folder holds something else
  /// @throws InputException if a file is not there or damaged
  public static Study createActivations(Path folder, ActivationStudyConfig config) {
    try (OutsideData data = OutsideData.open(config.activations())) {
      return begin(folder, SafeFiles.plain(), StudyFiles.of(folder, config, data));
    }
  }

  private static Study begin(Path path, SafeFiles files, StudyFiles.Beginning beginning) {
    StudyFolder folder = new StudyFolder(path);
    StudyFiles.createFolder(folder);
    return locked(
        path,
        lock -> {
          StudyFiles.requireVacant(folder); // another process may have been faster
          StudyFiles.write(folder, files, beginning);
          return new Study(folder, files, lock);
        });
  }

  /// Opens a study for writing, and clears what a killed process left half written.
  ///
  /// @param folder the study's folder
  /// @return the study, to be closed
  /// @throws StudyException of kind [Kind#NO_STUDY], [Kind#OTHER_VERSION], [Kind#IN_USE] or
  ///   [Kind#DAMAGED]
  public static Study open(Path folder) {
    return open(folder, SafeFiles.plain());
  }

  static Study open(Path path, SafeFiles files) {
    StudyFolder folder = new StudyFolder(path);
    StudyFiles.read(folder); // so that a folder that is no study gets no lock file
    return locked(
        path,
        lock -> {
          SafeFiles.clearLeftovers(path);
          return new Study(folder, files, lock);
        });
  }

  /// Opens a study for reading, whoever writes to it meanwhile. What is read is always what the
  /// folder holds at that moment.
  ///
  /// @param folder the study's folder
  /// @return the study, to be closed
  /// @throws StudyException of kind [Kind#NO_STUDY], [Kind#OTHER_VERSION] or [Kind#DAMAGED]
  public static Study openReadOnly(Path folder) {
    return new Study(new StudyFolder(folder), SafeFiles.plain(), null);
  }

  /// {@return whether a folder holds a study, of whatever version}
  ///
  /// @param folder any path
  public static boolean exists(Path folder) {
    return Files.exists(new StudyFolder(folder).description());
  }

  /// {@return whether a study can be made in a folder: it is not there yet, or empty}
  ///
  /// @param folder any path
  public static boolean vacant(Path folder) {
    try {
      StudyFiles.requireVacant(new StudyFolder(folder));
      return true;
    } catch (StudyException _) { // whoever wants to make one hears what is there
      return false;
    }
  }

  /// {@return the study's folder}
  public Path folder() {
    return folder.root();
  }

  /// {@return whether it was opened for reading only}
  public boolean readOnly() {
    return lock == null;
  }

  /// {@return what the study is about}
  public StudyInfo info() {
    return info;
  }

  /// The writer that every file of this study goes through.
  ///
  /// @return how to write below [#folder]
  public SafeFiles files() {
    return files;
  }

  /// Refuses where the study was opened for reading only.
  ///
  /// @param what is about to happen, such as `train a run`
  /// @throws StudyException of kind [Kind#READ_ONLY]
  public void requireWritable(String what) {
    if (lock == null) {
      throw new StudyException(
          Kind.READ_ONLY,
          "study "
              + folder.root()
              + " is open for reading only, so it cannot "
              + what
              + "; open it for writing when no other process does");
    }
  }

  /// {@return what the observations are}
  public StudyInfo.DataKind kind() {
    return info.dataset().kind();
  }

  /// The images that the study is about, read at first use.
  ///
  /// @return the data set
  /// @throws InputException if it is not there or damaged
  /// @throws StudyException of kind [Kind#OTHER_PARAMETERS] if it is not the one that the study was
  ///   made with
  /// @throws IllegalArgumentException if the study is about vectors
  public Dataset dataset() {
    return data.dataset();
  }

  /// What the sample's indices point into: the images of the study's part of the data set, or its
  /// vectors. Read or mapped at first use.
  ///
  /// @return images or vectors
  /// @throws InputException if they are not there or damaged
  /// @throws StudyException of kind [Kind#OTHER_PARAMETERS] if they are not those that the study
  ///   was made with
  public Content content() {
    return data.content();
  }

  /// {@return the preprocessing}
  public Pipeline pipeline() {
    return Pipeline.parse(info.pipeline());
  }

  /// The numbers that the study's networks take of each observation.
  ///
  /// @param split a part of the study's data set
  /// @return its observations after the study's preprocessing
  public Feed feed(Split split) {
    return Feed.of(split.content(), pipeline());
  }

  /// {@return the indices of the sampled observations in the study's part of the data set,
  /// ascending; in all of it the training split comes first}
  public int[] sample() {
    return sample.clone();
  }

  /// {@return how many observations the study looks at}
  public int count() {
    return sample.length;
  }

  /// {@return whether each observation has a class}
  public boolean labelled() {
    return labels != null;
  }

  /// The class of each sampled observation.
  ///
  /// @return one for each of [#sample]
  /// @throws StudyException of kind [Kind#UNKNOWN] if they have none
  public int[] labels() {
    if (labels == null) {
      throw new StudyException(
          Kind.UNKNOWN,
          "study "
              + folder.root()
              + " has no labels; make one with the labels of its vectors to have them");
    }
    return labels.clone();
  }

  /// The target value of each sampled observation.
  ///
  /// @return one for each of [#sample]
  /// @throws StudyException of kind [Kind#UNKNOWN] if they have none
  public float[] values() {
    if (info.dataset().labels() != StudyInfo.LabelKind.VALUES) {
      throw new StudyException(
          Kind.UNKNOWN, "study " + folder.root() + " has no target values for its observations");
    }
    float[] values = NpyFile.read(folder.sampleValues()).floats();
    requireCount(folder.sampleValues(), values.length);
    return values;
  }

  /// The texts of some sampled observations.
  ///
  /// @param from the first, in the order of [#sample]
  /// @param to one past the last
  /// @return the texts
  /// @throws StudyException of kind [Kind#UNKNOWN] if the observations are no texts
  /// @throws IllegalArgumentException if there are not so many
  public List<String> texts(int from, int to) {
    return data.texts(from, to);
  }

  /// {@return the images of the sampled observations as they are in the data set, uint8
  /// `[observation, channel, row, col]`}
  ///
  /// @throws StudyException of kind [Kind#UNKNOWN] if the study is about vectors
  public byte[] images() {
    return images(0, sample.length);
  }

  /// The images of some sampled observations as they are in the data set.
  ///
  /// @param from the first, in the order of [#sample]
  /// @param to one past the last
  /// @return uint8 `[observation, channel, row, col]`
  /// @throws StudyException of kind [Kind#UNKNOWN] if the study is about vectors
  /// @throws IllegalArgumentException if there are not so many
  public byte[] images(int from, int to) {
    return data.images(from, to);
  }

  /// Writes a copy of the sampled observations, for a study that goes where its data set is not:
  /// the files of packed studies in `docs/formats.md`.
  ///
  /// @param target a folder that is there; files of these names are replaced
  /// @throws InputException if the data are not there or damaged, or a file cannot be written
  public void writeObserved(Path target) {
    ObservedFile.write(content(), sample, new StudyFolder(target));
  }

  /// {@return the runs that can be read, by name}
  public List<Run> runs() {
    return runs.all();
  }

  /// A run by its name.
  ///
  /// @param name the run's name
  /// @return the run
  /// @throws StudyException of kind [Kind#UNKNOWN] if there is none
  public Run run(String name) {
    return runs.get(name);
  }

  /// {@return one sentence for each run that cannot be read}
  public List<String> problems() {
    return runs.problems();
  }

  /// Trains a run, or goes on with it, on the calling thread.
  ///
  /// Where all is there already it returns at once. An interrupt of the thread ends training after
  /// the present batch; the epochs that are complete are kept, and the same request goes on from
  /// them.
  ///
  /// @param request what to train; a run of that name must have been trained with the same
  ///   parameters, later epochs may be added
  /// @param threads how many threads compute
  /// @return the run as it is then: complete, or interrupted with the thread's interrupt flag set
  ///   again
  /// @throws StudyException of kind [Kind#OTHER_PARAMETERS], [Kind#DISK], [Kind#DAMAGED],
  ///   [Kind#READ_ONLY] or [Kind#IN_USE]
  /// @throws IllegalArgumentException if the network cannot be trained on this data set, or
  ///   diverges
  public RunInfo train(RunRequest request, int threads) {
    requireWritable("train a run");
    data.requireImages();
    return runs.train(
        request, new TrainingGround(this::dataset, pipeline(), this::content, sample), threads);
  }

  /// Takes in networks that were trained elsewhere, as a run. Each is measured on the data set and
  /// its predictions for the sample are kept; what is there already stays, so that an import which
  /// was ended goes on.
  ///
  /// @param request which
  /// @param threads how many threads compute
  /// @param progress hears how far it is, in stages `network`, `training images`, `test images` and
  ///   `predictions`
  /// @return the run, complete
  /// @throws io.inscape.dataset.InputException if a file is no network, takes other images, or
  ///   answers other classes
  /// @throws StudyException of kind [Kind#OTHER_PARAMETERS] if the run is there with other
  ///   networks, [Kind#DISK], [Kind#READ_ONLY] or [Kind#IN_USE]
  public RunInfo importRun(ImportRequest request, int threads, ImportProgress progress) {
    requireWritable("import a run");
    data.requireParts();
    return runs.bring(
        request,
        new TrainingGround(this::dataset, pipeline(), this::content, sample),
        threads,
        progress);
  }

  /// Takes in what there is in the study's folder of activations, a run for each of its
  /// sub-folders. Done again, it takes in epochs that came since; a run becomes what its folder
  /// holds.
  ///
  /// @param more whether the runs are still in training: more epochs will follow
  /// @return the runs as they are then
  /// @throws InputException if the folder breaks the convention, or a file is damaged
  /// @throws StudyException of kind [Kind#OTHER_PARAMETERS] if the study is of other data, or a run
  ///   has networks; [Kind#DISK] or [Kind#READ_ONLY]
  public List<RunInfo> importActivations(boolean more) {
    return importActivations(more, ImportProgress.none());
  }

  /// The same, telling somebody how far it is.
  ///
  /// @param more whether the runs are still in training: more epochs will follow
  /// @param progress hears of each epoch
  /// @return the runs as they are then
  /// @throws java.util.concurrent.CancellationException if the thread was interrupted
  public List<RunInfo> importActivations(boolean more, ImportProgress progress) {
    return bring(more, Optional.empty(), progress);
  }

  /// Takes in the run that is being recorded, as [#importActivations] does; what killed recordings
  /// left becomes interrupted runs, and complete ones stay as they are.
  ///
  /// @param run the one that is being recorded
  /// @param more whether it is still in training
  /// @throws StudyException as [#importActivations] has it
  public void importRecorded(String run, boolean more) {
    bring(more, Optional.of(run), ImportProgress.none());
  }

  private List<RunInfo> bring(boolean more, Optional<String> recorded, ImportProgress progress) {
    requireWritable("import activations");
    data.requireMadeElsewhere();
    String named = info.dataset().activationFolder();
    Path activations = folder.root().resolve(named).normalize();
    return runs.bring(
        new ActivationRuns(
            named,
            OutsideFolder.runs(activations, info.dataset().count()),
            sample,
            info.dataset().classNames().size(),
            more,
            recorded),
        progress);
  }

  /// What a layer makes of the study's sample. Where it is not there yet, all layers of the
  /// snapshot are captured in one pass.
  ///
  /// @param source which layer
  /// @param threads how many threads compute
  /// @param progress hears how far the capture is
  /// @return the activations, to be closed
  /// @throws StudyException if the run or epoch is not there
  /// @throws IllegalArgumentException if the layer is not there
  public ActivationStore activations(
      ActivationSource.Layer source, int threads, Progress progress) {
    Run run = run(source.run());
    if (run.info().hasNetworks()) {
      return ActivationStore.open(captures.file(source, threads, progress));
    }
    String words = "run " + source.run() + ", epoch " + source.epoch() + ", layer ";
    return ActivationStore.of(
        run.outside(source.epoch(), source.layer()).open(sample.length),
        sample,
        words + source.layer());
  }

  /// The vectors of the study's sample.
  ///
  /// @param source a layer, or the preprocessed pixels
  /// @param workers do the arithmetic
  /// @param progress hears how far a capture is
  /// @return rows = observations of [#sample]
  /// @throws StudyException if the run or epoch is not there
  /// @throws IllegalArgumentException if the layer is not there
  public Matrix vectors(ActivationSource source, Workers workers, Progress progress) {
    return switch (source) {
      case ActivationSource.Input _ ->
          switch (content()) {
            case Vectors rows -> rows.matrix(sample);
            case Images _, Texts _ -> Feed.of(content(), pipeline()).matrix(sample, workers);
          };
      case ActivationSource.Layer layer -> {
        try (ActivationStore store = activations(layer, workers.threads(), progress)) {
          yield store.readAll();
        }
      }
    };
  }

  /// The digest of everything that determines the vectors of a source: the data set, the
  /// preprocessing, the sample, and the snapshot.
  ///
  /// @param source a layer, or the preprocessed pixels
  /// @return SHA-256 in hexadecimal
  /// @throws StudyException if the run or epoch is not there
  public String inputsDigest(ActivationSource source) {
    return captures.inputs(source);
  }

  /// Captures activations for files of one's own use.
  ///
  /// @param order of which run, epochs, layers and how many observations
  /// @param threads how many threads compute
  /// @param progress hears how far it is
  /// @return the files, by epoch and layer; those that were there already included
  /// @throws StudyException if the run or an epoch is not there
  /// @throws IllegalArgumentException if a layer is not there, more observations are asked for than
  ///   there are, or the study is about vectors
  public List<Path> capture(CaptureOrder order, int threads, Progress progress) {
    data.requireParts();
    return captures.run(order, threads, progress);
  }

  /// Listens to what happens to the runs.
  ///
  /// @param listener called on the thread that trains; must be quick
  /// @return ends the listening
  public Runnable listen(Consumer<RunEvent> listener) {
    return runs.listen(listener);
  }

  /// Has something closed along.
  ///
  /// @param action called once, when the study is closed
  public void whenClosed(Runnable action) {
    data.whenClosed(action);
  }

  /// Gives the folder back to other writers.
  @Override
  public void close() {
    data.close();
    if (lock != null) {
      lock.close();
    }
  }

  private int[] column(Path file) {
    int[] values = Arrays.stream(NpyFile.read(file).longs()).mapToInt(Math::toIntExact).toArray();
    requireCount(file, values.length);
    return values;
  }

  private void requireCount(Path file, int count) {
    if (count != info.sample().count()) {
      throw new StudyException(
          Kind.DAMAGED,
          file
              + " must have the "
              + info.sample().count()
              + " observations that study.json tells of, but has "
              + count);
    }
  }

  private interface Opener {
    Study open(StudyLock lock);
  }

  private static Study locked(Path folder, Opener opener) {
    StudyLock lock = StudyLock.take(folder);
    boolean opened = false;
    try {
      Study study = opener.open(lock);
      opened = true;
      return study;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }
}
