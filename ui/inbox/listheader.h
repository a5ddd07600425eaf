// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "workspace/queries.h"

#include <QTimer>
#include <QWidget>

class QPushButton;
class QToolButton;

namespace Earshot {

class ActivityGraph;
class OrderBox;
class PlainLabel;

/// What stands above a list: its name, how many there are, its last days, its order, and a button for what waits to
/// come in. Lives on the GUI thread.
class ListHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit ListHeader(Desk &desk, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    [[nodiscard]] QString title() const;
    /// @param count as people write it; empty where none is known
    void setCount(const QString &count);
    /// Whose last days are drawn.
    void showActivity(const ListQuery &query);
    /// The order that the list has now; a list that has one only offers none.
    void showOrder(const ListQuery &query);
    /// What waits above the list while its order is frozen. @param moved how many of these are listed further down
    void showWaiting(int count, int moved, bool isFrozen);

Q_SIGNALS:
    void orderChosen(Earshot::ListOrder order);
    void groupingChosen(bool isGrouped);
    /// What waits is to come in.
    void newOnesAsked();
    /// Who cannot see the button was told what it says.
    void announced(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void nameParts();
    void arrange();
    void fit();
    void announceNews();

    PlainLabel *m_title;
    PlainLabel *m_count;
    ActivityGraph *m_activity;
    OrderBox *m_order;
    QToolButton *m_grouped;
    QPushButton *m_newOnes;
    QTimer m_mayAnnounce; ///< running = something was announced a moment ago
    int m_waiting = 0;
    int m_announced = 0; ///< of those that wait
};

} // namespace Earshot
