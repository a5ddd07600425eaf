// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "workspace/activity.h"

#include <QTimer>
#include <QWidget>

namespace Earshot {

/// A bar for each of the last days: in how many conversations of a list the newest message is of that day. Reads in the
/// background, again every minute while it is shown; empty and silent until then. Says in words what it draws. Lives on
/// the GUI thread.
class ActivityGraph final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int dayCount = 14;

    explicit ActivityGraph(Desk &desk, QWidget *parent = nullptr);
    /// What is to be drawn; the bars of another list vanish at once.
    void show(const ListQuery &query);
    /// The oldest day first; empty while it is read.
    [[nodiscard]] const QList<int> &counts() const { return m_activity.counts; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void read();
    void take(const Activity &activity);

    Desk &m_desk;
    ListQuery m_query;
    Activity m_activity;
    QTimer m_again;
    quint64 m_generation = 0; ///< of show(): late answers of an earlier one are dropped
};

} // namespace Earshot
