package io.inscape.study.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Sample;
import io.inscape.dataset.source.Datasets;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.Projections;
import io.inscape.projection.params.PcaParams;
import io.inscape.quality.NeighborhoodHit;
import io.inscape.study.ActivationSource;
import io.inscape.study.Study;
import java.nio.file.Path;
import java.util.List;

/// The example of `docs/library.md`; what lies between the two marks is printed there.
final class LibraryExample {
  private LibraryExample() {}

  private static float[] pixels(Dataset mnist, int count) {
    byte[] bytes = mnist.train().images().toArray(Sample.draw(count, count, 0));
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (bytes[i] & 0xff) / 255f;
    }
    return values;
  }

  // begin
  static double run(Path folder) throws Exception {
    Dataset mnist = Datasets.open("mnist");
    float[] inputs = pixels(mnist, 2000); // [observation * 784 + pixel], 0 to 1
    int[] labels = mnist.train().labels(Sample.draw(2000, 2000, 0));
    SequentialBlock mlp =
        new SequentialBlock()
            .add(Linear.builder().setUnits(64).build())
            .add(Activation::relu)
            .add(Linear.builder().setUnits(32).build())
            .add(Activation::relu)
            .add(Linear.builder().setUnits(10).build());
    SampleOrder sample = new SampleOrder(inputs, List.of(784L), labels, mnist.classNames());
    try (Model model = Model.newInstance("mlp", "PyTorch");
        NDManager manager = model.getNDManager().newSubManager();
        StudyListener listener =
            StudyListener.of(folder, "mlp", sample, List.of("02LambdaBlock", "04LambdaBlock"))) {
      model.setBlock(mlp);
      ArrayDataset data =
          new ArrayDataset.Builder()
              .setData(manager.create(inputs, new Shape(2000, 784)))
              .optLabels(manager.create(labels))
              .setSampling(50, true)
              .build();
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
              .optOptimizer(Optimizer.adam().optLearningRateTracker(Tracker.fixed(.003f)).build())
              .addEvaluator(new Accuracy())
              .addTrainingListeners(listener, new EvaluatorTrainingListener()); // ours first
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(50, 784));
        EasyTrain.fit(trainer, 3, data, null);
      }
      return neighborhoodHit(listener.study(), labels);
    }
  }

  static double neighborhoodHit(Study study, int[] labels) throws Exception {
    try (Workers workers = Workers.of(2)) {
      var layer = new ActivationSource.Layer("mlp", 3, "04LambdaBlock");
      Matrix vectors = study.vectors(layer, workers, Progress.none());
      Matrix layout =
          Projections.fit(vectors, PcaParams.defaults(), workers, Progress.none()).positions();
      return NeighborhoodHit.of(layout, labels, 6, workers).mean();
    }
  }
  // end
}
