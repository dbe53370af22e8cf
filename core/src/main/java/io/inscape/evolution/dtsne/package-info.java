/// The numerics of dynamic t-SNE: one descent per step, all in lock step, where movement from one
/// step to the next costs.
///
/// Start at [io.inscape.evolution.dtsne.CoupledDescent]; the formulas are in
/// `docs/methods/dynamic-tsne.md`.
@org.jspecify.annotations.NullMarked
package io.inscape.evolution.dtsne;
