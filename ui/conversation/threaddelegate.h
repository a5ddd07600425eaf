// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/id.h"
#include "model/time.h"

#include <QStyledItemDelegate>

#include <functional>

namespace Earshot {

class ThreadModel;

/// Paints a thread's messages: who and when, two lines of text, the work on it; the current one with its whole text.
class ThreadDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    ThreadDelegate(const ThreadModel &model, const Clock &clock, QObject *parent);
    void setMarks(std::function<bool(ConversationId)> isMarked) { m_isMarked = std::move(isMarked); }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintText(QPainter *painter, const QRect &area, const QString &text) const;
    void paintWhole(QPainter *painter, const QRect &area, const QString &text) const;

    const ThreadModel &m_model;
    const Clock &m_clock;
    std::function<bool(ConversationId)> m_isMarked;
};

} // namespace Earshot
