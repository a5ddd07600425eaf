// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"

#include <QStyledItemDelegate>

namespace Earshot {

class ConversationListModel;

/// Paints a conversation's row, always three lines high: who and when; the newest text; tags and what is the matter.
class ConversationDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int sideMargin = 12; ///< px, at both ends of a row
    static constexpr int gutter = 20;     ///< px, for the dot or the mark: a click here marks
    explicit ConversationDelegate(const ConversationListModel &model, const Clock &clock, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// The height of every row with such a font.
    [[nodiscard]] static int rowHeight(const QFont &font);

private:
    struct Brush;
    void paintPlaceholder(const Brush &brush, const QRect &inner) const;
    void paintFirstLine(const Brush &brush, const QRect &line, const ConversationRecord &record) const;
    /// Who else is there, at the end of a line. @return what is left of it
    [[nodiscard]] QRect paintOthers(const Brush &brush, const QRect &line, ConversationId conversation) const;
    void paintLastLine(const Brush &brush, const QRect &line, const ConversationRecord &record,
                       const QString &left) const;

    const ConversationListModel &m_model;
    const Clock &m_clock;
};

} // namespace Earshot
