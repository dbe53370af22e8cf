package io.inscape.study.run;

/// How far the training of a run is.
///
/// @param run which run
/// @param epoch being trained, from 1
/// @param imagesDone of this epoch
/// @param imagesTotal of this epoch
/// @param imagesPerSecond in this epoch so far
/// @param secondsLeft until the run's last epoch is trained, at this speed
public record TrainingProgress(
    String run,
    int epoch,
    long imagesDone,
    long imagesTotal,
    double imagesPerSecond,
    double secondsLeft) {}
