package io.inscape.study.analysis;

import io.inscape.evolution.LayoutSequence;
import io.inscape.evolution.field.Box;
import io.inscape.evolution.field.Responsibility;
import io.inscape.evolution.field.Trajectories;
import io.inscape.evolution.field.VectorFields;
import io.inscape.evolution.trails.Bundles;
import io.inscape.evolution.trails.Bundling;
import io.inscape.evolution.trails.Ink;
import io.inscape.matrix.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Computes what is made of a kept sequence's trails.
final class TrailComputation {
  /// The strength of bundling that its ink is measured at.
  private static final double MEASURED_STRENGTH = .8;

  private final LayoutSequence layouts;
  private final Workers workers;
  private final Stages stages;

  TrailComputation(LayoutSequence layouts, Workers workers, Stages stages) {
    this.layouts = layouts;
    this.workers = workers;
    this.stages = stages;
  }

  Finished bundle(BundleAnalysis analysis, Optional<int[]> labels) {
    stages.begin("bundling");
    Bundles bundles = Bundling.bundle(layouts, labels, analysis.params(), workers, stages);
    stages.begin("ink");
    Ink ink = Ink.compare(bundles, MEASURED_STRENGTH, labels, Ink.RESOLUTION);
    stages.end();
    Map<String, Object> covered = new LinkedHashMap<>();
    covered.put("resolution", ink.resolution());
    covered.put("straight", ink.straight());
    covered.put("bundled80", ink.bundled());
    ink.classRight().ifPresent(right -> covered.put("classRight80", right));
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("samples", bundles.samples());
    report.put("perSegment", bundles.perSegment());
    report.put("ink", covered);
    Column bundled = Column.float32(bundles.bundled(), bundles.trails(), bundles.samples(), 2);
    return finished(report, Map.of(ResultFiles.BUNDLED, bundled));
  }

  Finished field(FieldAnalysis analysis) {
    stages.begin("fields");
    VectorFields fields =
        VectorFields.fit(Trajectories.of(layouts), analysis.params(), workers, stages);
    stages.enter("scores");
    Responsibility scores = Responsibility.of(fields);
    Map<String, Object> report = report(fields);
    int count = fields.trajectories();
    int grid = fields.grid();
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(
        ResultFiles.FIELD, Column.float32(floats(fields.values()), fields.fields(), grid, grid, 2));
    columns.put("coverage", Column.float32(fields.coverage(), fields.fields(), grid, grid));
    columns.put("assignment", Column.int32(fields.assignment(), count));
    columns.put("dissimilarity", Column.float32(fields.dissimilarity(), count));
    columns.put("speed", Column.float32(fields.speed(), count));
    columns.put("responsibility", Column.float32(scores.responsibility(), count));
    columns.put("outlier", Column.float32(scores.outlier(), count));
    stages.end();
    return finished(report, columns);
  }

  private static Map<String, Object> report(VectorFields fields) {
    Box box = fields.box();
    List<Integer> sizes = new ArrayList<>(Collections.nCopies(fields.fields(), 0));
    for (int field : fields.assignment()) {
      sizes.set(field, sizes.get(field) + 1);
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("box", List.of(box.left(), box.bottom(), box.right(), box.top()));
    report.put("grid", fields.grid());
    report.put("energy", fields.energy());
    report.put("smoothnessEnergy", fields.smoothnessEnergy());
    report.put("energies", fields.energies());
    report.put("sizes", sizes);
    return report;
  }

  private static float[] floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }

  private Finished finished(Map<String, Object> report, Map<String, Column> columns) {
    return new Finished(
        Finished.Course.straight(Map.of(), stages.seconds()), null, report, columns);
  }
}
