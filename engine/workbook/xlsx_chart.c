#include "workbook/xlsx_internal.h"

/* The library's chart is 480 x 288 pixels, a row 20. */
#define SCALE_X 2.0
#define SCALE_Y 1.5
#define CHART_ROWS 24

/* Days between the marks of the axis: half a year. */
#define MONTH_MARKS 184

void xlsx_chart_begin(struct xlsx_sheet *sheet, const struct xlsx_chart *about)
{
    const bool lines = about->first != MONTH_NONE;
    lxw_chart *const chart =
        sheet->worksheet != NULL
            ? workbook_add_chart(sheet->xlsx->workbook,
                                 lines ? LXW_CHART_SCATTER_STRAIGHT : LXW_CHART_COLUMN)
            : NULL;

    sheet->chart = chart;
    if (chart == NULL)
        return;
    chart_title_set_name(chart, about->title);
    chart_axis_set_name(chart->x_axis, about->x_name);
    chart_axis_set_name(chart->y_axis, about->y_name);
    chart_axis_major_gridlines_set_visible(chart->x_axis, LXW_FALSE);
    if (lines) {
        chart_axis_set_num_format(chart->x_axis, XLSX_MONTHS);
        chart_axis_set_major_unit(chart->x_axis, MONTH_MARKS);
        chart_axis_set_min(chart->x_axis, xlsx_month(about->first));
        chart_axis_set_max(chart->x_axis, xlsx_month(about->last));
        if (about->floor > 0)
            chart_axis_set_min(chart->y_axis, about->floor);
        chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    } else {
        chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    }
    sheet->series_count = 0;
}

/* Lines differ by dash and marker too: colour alone says nothing. */
static void draw_line(lxw_chart_series *series, size_t number, bool plain)
{
    static const uint8_t dashes[] = {LXW_CHART_LINE_DASH_SOLID, LXW_CHART_LINE_DASH_DASH,
                                     LXW_CHART_LINE_DASH_ROUND_DOT, LXW_CHART_LINE_DASH_LONG_DASH};
    static const uint8_t markers[] = {LXW_CHART_MARKER_NONE, LXW_CHART_MARKER_CIRCLE,
                                      LXW_CHART_MARKER_SQUARE, LXW_CHART_MARKER_TRIANGLE,
                                      LXW_CHART_MARKER_DIAMOND};
    static const lxw_color_t colors[] = {0x003087, 0x005eb8, 0x41b6e6, 0x768692,
                                         0x330072, 0xae2573, 0x7c2855, 0x425563};
    lxw_chart_line line = {
        .color = colors[number % COUNT_OF(colors)],
        .width = number == 0 ? 2.5f : 1.5f,
        .dash_type = dashes[number % COUNT_OF(dashes)],
    };

    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, plain ? LXW_CHART_MARKER_NONE
                                               : markers[number % COUNT_OF(markers)]);
}

void xlsx_chart_series(struct xlsx_sheet *sheet, const struct xlsx_series *about)
{
    const struct xlsx_sheet *const from = about->sheet;
    const lxw_row_t first = (lxw_row_t)(ROW_DATA + about->first);
    const lxw_row_t last = (lxw_row_t)(first + about->count - 1);
    const lxw_col_t x = (lxw_col_t)about->x_column;
    const lxw_col_t y = (lxw_col_t)about->y_column;
    lxw_chart_series *const series =
        sheet->chart != NULL ? chart_add_series(sheet->chart, NULL, NULL) : NULL;
    lxw_chart_fill fill = {.color = 0x005eb8};

    if (series == NULL)
        return;
    chart_series_set_categories(series, from->name, first, x, last, x);
    chart_series_set_values(series, from->name, first, y, last, y);
    if (about->name != NULL)
        chart_series_set_name(series, about->name);
    else
        chart_series_set_name_range(series, from->name, first, (lxw_col_t)about->name_column);
    if (about->count > 0 && sheet->chart->type == LXW_CHART_COLUMN)
        chart_series_set_fill(series, &fill);
    else
        draw_line(series, sheet->series_count, about->plain);
    sheet->series_count++;
}

/* The library takes a chart only when it has its lines. */
void xlsx_chart_end(struct xlsx_sheet *sheet, const struct xlsx_chart *about)
{
    lxw_chart_options options = {
        .x_scale = SCALE_X,
        .y_scale = SCALE_Y,
        .description = (char *)(uintptr_t)about->alternative, /* it takes no const */
    };
    const lxw_row_t row = sheet->row + (lxw_row_t)(sheet->chart_count * CHART_ROWS);

    if (sheet->chart == NULL)
        return;
    xlsx_note(sheet->xlsx,
              worksheet_insert_chart_opt(sheet->worksheet, row, 0, sheet->chart, &options));
    sheet->chart_count++;
}
