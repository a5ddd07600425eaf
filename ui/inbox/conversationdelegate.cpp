// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationdelegate.h"

#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/appearance.h"
#include "ui/shell/icons.h"
#include "ui/shell/presencesigns.h"
#include "ui/shell/rowfocus.h"
#include "ui/shell/textline.h"
#include "ui/shell/wording.h"

#include <QPainter>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int edge = 9; ///< above the first and below the last line
constexpr int lineGap = 3;
constexpr int threadLine = 2;      ///< below the last row of a thread
constexpr qsizetype mostSigns = 3; ///< of others who are there; then their number

QFont smaller(QFont font)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 0.88);
    else
        font.setPixelSize(std::max(9, font.pixelSize() * 88 / 100));
    return font;
}

} // namespace

/// What one row is painted with.
struct ConversationDelegate::Brush
{
    QPainter *painter;
    QFont font;
    QFont bold;
    QFont small;
    QColor text;
    QColor quiet;
    QColor warning;
    QColor line;
    bool isSelected;
    Qt::LayoutDirection direction;
    QRect row;

    /// Where it lies on screen: everything is reckoned as if read from the left.
    [[nodiscard]] QRect placed(const QRect &area) const { return QStyle::visualRect(direction, row, area); }
    void write(const QRect &area, Qt::AlignmentFlag side, const QString &what) const
    {
        const bool isFlipped = direction == Qt::RightToLeft && side != Qt::AlignHCenter;
        const Qt::AlignmentFlag other = side == Qt::AlignLeft ? Qt::AlignRight : Qt::AlignLeft;
        drawTextLine(*painter, placed(area), isFlipped ? other : side, what);
    }
    void sign(const QRect &area, const QString &icon, const QColor &color) const
    {
        Icons::paint(painter, placed(area), icon, color);
    }
    /// Draws at the line's end and gives what is left of it.
    [[nodiscard]] QRect right(QRect line_, const QString &what, const QFont &with, const QColor &color) const
    {
        if (what.isEmpty())
            return line_;
        painter->setFont(with);
        painter->setPen(color);
        const int width = std::min(QFontMetrics(with).horizontalAdvance(what) + 2, line_.width() / 2);
        write(QRect(line_.right() - width + 1, line_.y(), width, line_.height()), Qt::AlignRight, what);
        line_.setRight(line_.right() - width - 8);
        return line_;
    }
    void left(const QRect &line_, const QString &what, const QFont &with, const QColor &color) const
    {
        painter->setFont(with);
        painter->setPen(color);
        write(line_, Qt::AlignLeft, what);
    }
};

ConversationDelegate::ConversationDelegate(const ConversationListModel &model, const Clock &clock, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
    , m_clock(clock)
{
}

int ConversationDelegate::rowHeight(const QFont &font)
{
    const int small = QFontMetrics(smaller(font)).height() + 2;
    return 2 * edge + 2 * QFontMetrics(font).height() + small + 2 * lineGap;
}

QSize ConversationDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.fontMetrics.averageCharWidth() * 30, rowHeight(option.font)};
}

void ConversationDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    using RowRole = ConversationListModel::Role;
    const QPalette &palette = option.palette;
    const bool isSelected = option.state & QStyle::State_Selected;
    const bool isMarked = index.data(int(RowRole::isMarked)).toBool();
    const bool hasLeft = index.data(int(RowRole::hasLeft)).toBool();
    Brush brush{painter,
                option.font,
                option.font,
                smaller(option.font),
                palette.color(QPalette::Text),
                Appearance::quietText(palette),
                Appearance::warning(palette),
                Appearance::line(palette),
                isSelected,
                option.direction,
                option.rect};
    brush.bold.setBold(true);
    if (isSelected) {
        brush.text = palette.color(QPalette::HighlightedText);
        brush.quiet = brush.warning = brush.line = brush.text;
    } else if (hasLeft) {
        brush.text = brush.quiet;
    }
    painter->save();
    if (isSelected)
        painter->fillRect(option.rect, palette.color(QPalette::Highlight));
    else if (isMarked)
        painter->fillRect(option.rect, Appearance::markedRow(palette));
    if (m_model.beginsThread(index.row() + 1)) {
        painter->fillRect(option.rect.adjusted(0, option.rect.height() - threadLine, 0, 0), Appearance::line(palette));
    } else if (!isSelected) {
        painter->setPen(Appearance::line(palette));
        const QRect below = brush.placed(option.rect.adjusted(sideMargin + gutter, option.rect.height() - 1, 0, 0));
        painter->drawLine(below.topLeft(), below.topRight());
    }

    const ConversationRecord *record =
        m_model.record(ConversationId(index.data(int(RowRole::conversation)).toLongLong()));
    const QRect inner = option.rect.adjusted(sideMargin + gutter, edge, -sideMargin, -edge);
    if (!record) {
        paintPlaceholder(brush, inner);
        painter->restore();
        return;
    }
    const int height = option.fontMetrics.height();
    const QRect first(inner.left(), inner.top(), inner.width(), height);
    const QRect second = first.translated(0, height + lineGap);
    const QRect third(inner.left(), second.bottom() + 1 + lineGap, inner.width(),
                      QFontMetrics(brush.small).height() + 2);
    const QRect sign(option.rect.left() + sideMargin - 2, first.top() + (height - 16) / 2, 16, 16);
    painter->setRenderHint(QPainter::Antialiasing);
    if (isMarked) {
        brush.sign(sign, QStringLiteral("check"), brush.text);
    } else if (option.state & QStyle::State_MouseOver) {
        // Here a click marks.
        painter->setPen(brush.quiet);
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(brush.placed(sign)).adjusted(1.5, 1.5, -1.5, -1.5), 3, 3);
    } else if (m_model.isUnseen(*record) && !hasLeft) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(isSelected ? brush.text : Appearance::accent(palette));
        painter->drawEllipse(QRectF(brush.placed(sign)).center(), 4.5, 4.5);
    }
    paintFirstLine(brush, first, *record);
    brush.left(paintOthers(brush, second, record->id), m_model.lineText(*record), option.font,
               record->isToBeAnswered() && !hasLeft ? brush.text : brush.quiet);
    paintLastLine(brush, third, *record, hasLeft ? index.data(int(RowRole::leftReason)).toString() : QString());
    paintRowFocus(painter, option);
    painter->restore();
}

void ConversationDelegate::paintPlaceholder(const Brush &brush, const QRect &inner) const
{
    brush.painter->setPen(Qt::NoPen);
    QColor pale = brush.line;
    pale.setAlphaF(0.6F);
    brush.painter->setBrush(pale);
    const int bar = inner.height() / 6;
    brush.painter->drawRoundedRect(brush.placed(QRect(inner.left(), inner.top() + bar / 2, inner.width() / 3, bar)), 3,
                                   3);
    brush.painter->drawRoundedRect(
        brush.placed(QRect(inner.left(), inner.top() + 5 * bar / 2, inner.width() * 3 / 4, bar)), 3, 3);
}

void ConversationDelegate::paintFirstLine(const Brush &brush, const QRect &line, const ConversationRecord &record) const
{
    QRect rest = brush.right(line, m_model.edgeText(record, m_clock.now()), brush.small, brush.quiet);
    const int size = std::min(16, line.height());
    const auto last = [&] {
        return QRect(rest.right() - size + 1, line.top() + (line.height() - size) / 2, size, size);
    };
    brush.sign(last(), Icons::ofNetwork(record.network), brush.quiet);
    rest.setRight(rest.right() - size - 6);
    for (const auto &[isShown, icon] :
         {std::pair(record.isPrivate, "lock"), std::pair(m_model.isAhead(record.id), "outbox")}) {
        if (!isShown)
            continue;
        brush.sign(last(), QString::fromLatin1(icon), brush.quiet);
        rest.setRight(rest.right() - size - 6);
    }
    brush.left(rest, m_model.headText(record), record.isToBeAnswered() ? brush.bold : brush.font, brush.text);
}

QRect ConversationDelegate::paintOthers(const Brush &brush, const QRect &line, ConversationId conversation) const
{
    QRect rest = line;
    if (!m_model.presence())
        return rest;
    const QList<PresenceSigns::Sign> signs = m_model.presence()->signsOf(conversation);
    const QFontMetrics metrics(brush.small);
    const auto chip = [&](const QString &text, bool isWriting) {
        const int glyph = isWriting ? metrics.height() : 0;
        const int width = metrics.horizontalAdvance(text) + glyph + 12;
        const QRect area(rest.right() - width + 1, line.top(), width, line.height());
        // A shape goes with it: filled for who writes, a line for who looks.
        brush.painter->setPen(brush.quiet);
        brush.painter->setBrush(Qt::NoBrush);
        const QRectF frame = QRectF(brush.placed(area)).adjusted(0.5, 0.5, -0.5, -0.5);
        brush.painter->drawRoundedRect(frame, frame.height() / 2, frame.height() / 2);
        if (isWriting)
            brush.sign(QRect(area.left() + 5, line.top() + (line.height() - glyph) / 2, glyph, glyph),
                       QStringLiteral("pen"), brush.text);
        brush.painter->setFont(brush.small);
        brush.painter->setPen(isWriting ? brush.text : brush.quiet);
        brush.painter->drawText(brush.placed(area.adjusted(glyph, 0, 0, 0)), Qt::AlignCenter, text);
        rest.setRight(rest.right() - width - 4);
    };
    for (qsizetype i = 0; i < std::min(signs.size(), mostSigns); ++i)
        chip(signs.at(i).initials, signs.at(i).isWriting);
    if (signs.size() > mostSigns)
        chip(QStringLiteral("+%1").arg(signs.size() - mostSigns), false);
    return rest;
}

void ConversationDelegate::paintLastLine(const Brush &brush, const QRect &line, const ConversationRecord &record,
                                         const QString &left) const
{
    QRect rest = brush.right(line, record.assigneeName, brush.small, brush.quiet);
    const auto sign = [&](const QString &icon, const QColor &color) {
        const int size = std::min(14, line.height());
        brush.sign(QRect(rest.left(), line.top() + (line.height() - size) / 2, size, size), icon, color);
        rest.setLeft(rest.left() + size + 4);
    };
    const auto say = [&](const QString &text, const QColor &color) {
        brush.left(rest, text, brush.small, color);
        rest.setLeft(rest.left() + QFontMetrics(brush.small).horizontalAdvance(text) + 10);
    };
    if (!left.isEmpty()) {
        say(left, brush.text);
        return;
    }
    if (record.trouble > 0) {
        sign(QStringLiteral("warning"), brush.warning);
        say(ConversationListModel::tr("Not delivered"), brush.warning);
    }
    if (record.priority > Priority::normal) {
        sign(QStringLiteral("flag"), brush.warning);
        say(Wording::of(record.priority), brush.warning);
    }
    if (record.hasDraft) {
        sign(QStringLiteral("pen"), brush.text);
        say(ConversationListModel::draftText(), brush.text);
    }
    if (const QString state = m_model.stateText(record); !state.isEmpty())
        say(state, brush.quiet);
    const QFontMetrics metrics(brush.small);
    for (const QString &tag : record.tags) {
        const int width = metrics.horizontalAdvance(tag) + 14;
        if (rest.width() < width)
            break;
        const QRectF chip =
            QRectF(brush.placed(QRect(rest.left(), line.top(), width, line.height()))).adjusted(0.5, 0.5, -0.5, -0.5);
        brush.painter->setPen(brush.line);
        brush.painter->setBrush(Qt::NoBrush);
        brush.painter->drawRoundedRect(chip, chip.height() / 2, chip.height() / 2);
        brush.painter->setFont(brush.small);
        brush.painter->setPen(brush.quiet);
        brush.painter->drawText(chip, Qt::AlignCenter, tag);
        rest.setLeft(rest.left() + width + 5);
    }
    if (record.tags.isEmpty() && rest.width() > metrics.averageCharWidth() * 8)
        brush.left(rest, record.threadTitle, brush.small, brush.quiet);
}

} // namespace Earshot
