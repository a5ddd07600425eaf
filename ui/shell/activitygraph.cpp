// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/activitygraph.h"

#include "ui/shell/appearance.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/whendone.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <numeric>

namespace Earshot {

namespace {

// The list itself is read first.
constexpr auto afterList = std::chrono::milliseconds(150);
constexpr auto betweenReadings = std::chrono::minutes(1);
constexpr int barWidth = 4;
constexpr int gap = 2;

/// When the last days began here, by the clock on the wall; today's last.
QList<Time> lastDays(Time now)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(toMs(now)).date();
    QList<Time> days;
    for (int back = ActivityGraph::dayCount - 1; back >= 0; --back)
        days.append(timeFromMs(today.addDays(-back).startOfDay().toMSecsSinceEpoch()));
    return days;
}

} // namespace

ActivityGraph::ActivityGraph(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Activity"));
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &ActivityGraph::read);
}

void ActivityGraph::show(const ListQuery &query)
{
    ListQuery wanted = query;
    wanted.me = m_desk.me();
    if (wanted == m_query && !m_activity.counts.isEmpty())
        return;
    m_query = wanted;
    ++m_generation;
    take({});
    if (isVisible())
        m_again.start(afterList);
}

QSize ActivityGraph::sizeHint() const
{
    return {dayCount * (barWidth + gap) - gap, fontMetrics().height()};
}

void ActivityGraph::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_again.start(afterList);
}

void ActivityGraph::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_again.stop();
}

void ActivityGraph::read()
{
    ListQuery query = m_query;
    query.now = m_desk.workspace().clock().now();
    const auto future =
        m_desk.workspace().read<Activity>([query, days = lastDays(query.now)](Database &database) -> Result<Activity> {
            return activityOf(database, query, days);
        });
    whenDone(future, this, [this, generation = m_generation](const Result<Activity> &activity) {
        if (generation != m_generation)
            return;
        // A picture beside the list: where it cannot be had, the list says why.
        if (activity)
            take(*activity);
        if (isVisible())
            m_again.start(betweenReadings);
    });
}

void ActivityGraph::take(const Activity &activity)
{
    m_activity = activity;
    QString text;
    if (!activity.counts.isEmpty()) {
        const int all = std::accumulate(activity.counts.cbegin(), activity.counts.cend(), 0);
        const QString number = QLocale().toString(all);
        text = tr("Conversations with their newest message in the last %1 days: %2, today: %3")
                   .arg(QString::number(dayCount), activity.isWhole ? number : tr("more than %1").arg(number),
                        QLocale().toString(activity.counts.constLast()));
    }
    setToolTip(PlainLabel::toolTipOf(text));
    setAccessibleDescription(text);
    update();
}

void ActivityGraph::paintEvent(QPaintEvent *)
{
    if (m_activity.counts.isEmpty())
        return;
    QPainter painter(this);
    const int most = std::max(1, *std::max_element(m_activity.counts.cbegin(), m_activity.counts.cend()));
    const QColor quiet = Appearance::quietText(palette());
    const QColor today = palette().color(QPalette::Highlight);
    for (int day = 0; day < m_activity.counts.size(); ++day) {
        // A day with nothing is a dot, not a gap.
        const int tall = std::max(1, m_activity.counts.at(day) * height() / most);
        const QRect bar(day * (barWidth + gap), height() - tall, barWidth, tall);
        painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), bar),
                         day == m_activity.counts.size() - 1 ? today : quiet);
    }
}

} // namespace Earshot
