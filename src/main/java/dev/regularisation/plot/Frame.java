package dev.regularisation.plot;

import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;

/** From a panel's values to pixels; NaN for what its axes cannot show. */
record Frame(Rectangle2D area, ValueAxis xAxis, Scale xScale, ValueAxis yAxis, Scale yScale) {

    double x(double value) {
        double place = xScale.place(value);
        return Double.isNaN(place) ? place : xAxis.valueToJava2D(place, area, RectangleEdge.BOTTOM);
    }

    double y(double value) {
        double place = yScale.place(value);
        return Double.isNaN(place) ? place : yAxis.valueToJava2D(place, area, RectangleEdge.LEFT);
    }
}
