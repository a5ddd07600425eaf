// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "workspace/queries.h"

#include <QWidget>

class QGridLayout;
class QToolButton;

namespace Earshot {

class ActivityGraph;
class NewOnesButton;
class OrderBox;
class PlainLabel;

/// What stands above a list: its name, how many there are, its last days, its order, and a button for what waits to
/// come in. It is as high for each list, whatever waits: nothing below it moves. Lives on the GUI thread.
class ListHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit ListHeader(Desk &desk, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    [[nodiscard]] QString title() const;
    /// Narrow enough for two rows.
    [[nodiscard]] QSize minimumSizeHint() const override;
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
    void fitNews(int room);
    /// The room that a word needs which may be shortened to so many letters.
    [[nodiscard]] static int leastOf(const QWidget *widget, int letters);
    /// What stands in the first row, where it is shortest.
    [[nodiscard]] int leastFirst() const;
    [[nodiscard]] int leastArranging() const;
    [[nodiscard]] int shortNewOnes() const;

    PlainLabel *m_title;
    PlainLabel *m_count;
    ActivityGraph *m_activity;
    OrderBox *m_order;
    QToolButton *m_grouped;
    NewOnesButton *m_newOnes;
    QWidget *m_arranging; ///< order and grouping, which stay together
    QGridLayout *m_rows = nullptr;
    QString m_news;      ///< what the button says where it has room
    bool m_isLow = true; ///< everything is in one row
    int m_waiting = 0;
};

} // namespace Earshot
