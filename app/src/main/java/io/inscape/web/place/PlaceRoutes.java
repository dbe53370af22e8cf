package io.inscape.web.place;

import io.inscape.http.Answers;
import io.inscape.http.HttpError;
import io.inscape.http.Requests;
import io.inscape.http.Route;
import io.inscape.http.Schemas;
import io.inscape.study.place.Fitting;
import io.inscape.study.place.NewObservation;
import io.inscape.study.place.PlaceRequest;
import io.inscape.study.place.Placement;
import io.inscape.study.place.Placements;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/// What is asked of new observations: where they lie in a kept layout, and what they are like.
public final class PlaceRoutes {
  private static final int LARGEST_FILE = 32 << 20;
  private static final String TYPE = "Inscape-Type";

  private final Placements placements;

  /// The routes.
  ///
  /// @param placements answers
  public PlaceRoutes(Placements placements) {
    this.placements = placements;
  }

  /// {@return the routes}
  ///
  /// @param schemas takes what they answer with
  public List<Route> routes(Schemas schemas) {
    return List.of(
        Route.post(
                "/api/place/{digest}",
                "Where a new observation lies in a kept projection or sequence, and what it is"
                    + " like; the body is a PNG, JPEG, BMP or GIF file, or with the header"
                    + " Inscape-Type uint8 an image of the data set's shape, float32 a vector, text"
                    + " a line of text; changes nothing",
                this::place,
                Route.Answer.json(200, "Where it lies", schemas.of(Placement.class, "Placement")))
            .reading()
            .path("digest", "string", "Digest of a result of kind projection or sequence")
            .query(
                "centre",
                "string",
                "true: scaled and centred as the digits of MNIST are; else the whole picture in the"
                    + " middle")
            .query("invert", "string", "true: dark and bright change places")
            .query("step", "integer", "Of a sequence, the step to tell of; the last if left out")
            .query("neighbours", "integer", "How many, from 1 to 100; 10 if left out")
            .body(Route.BYTES)
            .or(Route.Answer.error(400, "It is no image, or does not fit the study"))
            .or(Route.Answer.error(404, "There is no such result"))
            .or(Route.Answer.error(413, "It is larger than 32 MiB")));
  }

  private void place(Context context) {
    PlaceRequest usual = PlaceRequest.of(context.pathParam("digest"));
    int step = Requests.index(context, "step", -1);
    PlaceRequest request =
        new PlaceRequest(
            usual.digest(),
            context.queryParam("step") == null ? OptionalInt.empty() : OptionalInt.of(step),
            Requests.index(context, "neighbours", usual.neighbors()));
    Fitting fitting = new Fitting(flag(context, "centre"), flag(context, "invert"));
    Answers.json(context, placements.place(request, observation(context, fitting)));
  }

  private static boolean flag(Context context, String name) {
    String text = Requests.blankIsNull(context.queryParam(name));
    if (text == null || text.equals("false")) {
      return false;
    }
    if (text.equals("true")) {
      return true;
    }
    throw new IllegalArgumentException(name + " must be true or false, got \"" + text + "\"");
  }

  private static NewObservation observation(Context context, Fitting fitting) {
    byte[] body = body(context);
    String type = context.header(TYPE);
    return switch (type == null ? "" : type) {
      case "" -> new NewObservation.File("the picture", body, fitting);
      case "uint8" -> new NewObservation.Pixels(body, fitting);
      case "float32" -> new NewObservation.Vector(floats(body));
      case "text" -> new NewObservation.Line(new String(body, StandardCharsets.UTF_8));
      default ->
          throw new IllegalArgumentException(
              "the header "
                  + TYPE
                  + " must be uint8, float32 or text, or left out for a file, got \""
                  + type
                  + "\"");
    };
  }

  private static float[] floats(byte[] body) {
    if (body.length % 4 != 0) {
      throw new IllegalArgumentException(
          "a vector is 4 bytes for each number, got " + body.length + " bytes");
    }
    float[] values = new float[body.length / 4];
    ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static byte[] body(Context context) {
    try (InputStream in = context.bodyInputStream()) {
      byte[] body = in.readNBytes(LARGEST_FILE + 1);
      if (body.length > LARGEST_FILE) {
        throw new HttpError(413, "a picture may have 32 MiB, this one is larger; scale it down");
      }
      if (body.length == 0) {
        throw new HttpError(400, "the request has no body, and should have a picture");
      }
      return body;
    } catch (IOException e) {
      throw new HttpError(400, "the request ended early: " + e.getMessage());
    }
  }
}
