// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/threaddelegate.h"

#include "ui/conversation/sentences.h"
#include "ui/conversation/threadmodel.h"
#include "ui/shell/appearance.h"
#include "ui/shell/icons.h"
#include "ui/shell/rowfocus.h"
#include "ui/shell/textline.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int side = 14;
constexpr int edge = 8;
constexpr int lineGap = 3;
constexpr int networkGlyph = 16;
constexpr int indentStep = 28; ///< answers stand further in
constexpr int textLines = 2;
constexpr int mostLines = 200;            ///< of the current one
constexpr qsizetype mostLetters = 40'000; ///< more are not in so many lines

int indentOf(const MessageRecord &message)
{
    const bool isAnswer = message.kind == MessageKind::reply || !message.parentUri.isEmpty();
    return networkGlyph + 8 + (isAnswer ? indentStep : 0);
}

bool isCurrent(const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    return view && view->currentIndex() == index;
}

/// What can be said of its pictures and files; else a post that is only a picture were an empty row.
QStringList attachmentsOf(const MessageRecord &message)
{
    QStringList lines;
    for (const MediaRecord &media : message.media)
        lines.append(Sentences::attachment(media));
    return lines;
}

/// For two lines: with a warning nothing of what is behind it.
QString shortText(const MessageRecord &message)
{
    if (!message.contentWarning.isEmpty())
        return message.contentWarning.left(2000).simplified();
    QStringList parts = attachmentsOf(message);
    if (!message.text.isEmpty())
        parts.prepend(message.text.left(2000).simplified());
    return parts.join(QStringLiteral(" · "));
}

/// As it was written, below its warning.
QString wholeText(const MessageRecord &message)
{
    QString text = message.text.left(mostLetters).trimmed();
    if (!message.contentWarning.isEmpty())
        text.prepend(message.contentWarning + QLatin1Char('\n'));
    for (const QString &line : attachmentsOf(message))
        text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + line;
    return text.replace(QLatin1Char('\n'), QChar::LineSeparator);
}

/// Breaks a text into lines. @return how many there are
int lay(QTextLayout &layout, int width, int height)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    int count = 0;
    for (QTextLine line = layout.createLine(); line.isValid() && count < mostLines; line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, qreal(count) * height});
        ++count;
    }
    layout.endLayout();
    return count;
}

} // namespace

ThreadDelegate::ThreadDelegate(const ThreadModel &model, const Clock &clock, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
    , m_clock(clock)
{
}

QSize ThreadDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int height = option.fontMetrics.height();
    int lines = textLines;
    if (const MessageRecord *message = m_model.message(index.row()); message && isCurrent(option, index)) {
        const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
        QTextLayout layout(wholeText(*message), option.font);
        lines = std::max(lines, lay(layout, view->viewport()->width() - 2 * side - indentOf(*message), height));
    }
    return {option.fontMetrics.averageCharWidth() * 40, 2 * edge + (lines + 2) * height + 2 * lineGap};
}

void ThreadDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const MessageRecord *message = m_model.message(index.row());
    if (!message)
        return;
    const ConversationRecord *work = m_model.conversation(index.row());
    const QPalette &palette = option.palette;
    const bool isSelected = option.state & QStyle::State_Selected;
    const bool isMarked = work && m_isMarked && m_isMarked(work->id);
    const QColor text = palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    const QColor quiet = isSelected ? text : Appearance::quietText(palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (isSelected)
        painter->fillRect(option.rect, palette.color(QPalette::Highlight));
    else if (isMarked)
        painter->fillRect(option.rect, Appearance::markedRow(palette));
    if (!isSelected)
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          Appearance::line(palette));
    const bool isOurs = message->kind == MessageKind::reply;
    const bool isRtl = option.direction == Qt::RightToLeft;
    QRect inner = option.rect.adjusted(side, edge, -side, -edge);
    const int indent = indentOf(*message);
    const QRect sign(isRtl ? inner.right() - indent + 8 + 1 : inner.left() + indent - networkGlyph - 8, inner.top() + 1,
                     networkGlyph, networkGlyph);
    inner.adjust(isRtl ? 0 : indent, 0, isRtl ? -indent : 0, 0);
    const int height = option.fontMetrics.height();
    if (isMarked)
        Icons::paint(painter, sign, QStringLiteral("check"), text);
    else if (isOurs)
        Icons::paint(painter, sign, QStringLiteral("reply"), quiet);
    QFont bold = option.font;
    bold.setBold(!isOurs);
    const QString moment = Sentences::moment(message->sortAt, m_clock.now());
    painter->setFont(option.font);
    painter->setPen(quiet);
    const QRect first(inner.left(), inner.top(), inner.width(), height);
    drawTextLine(*painter, first, isRtl ? Qt::AlignLeft : Qt::AlignRight, moment);
    const int rest = first.width() - option.fontMetrics.horizontalAdvance(moment) - 12;
    QString who = message->authorName.isEmpty() ? message->authorHandle : message->authorName;
    if (isOurs && !message->agentName.isEmpty())
        who = message->agentName;
    painter->setFont(bold);
    painter->setPen(text);
    const Qt::AlignmentFlag leading = isRtl ? Qt::AlignRight : Qt::AlignLeft;
    drawTextLine(*painter, QRect(isRtl ? first.right() - rest + 1 : first.left(), first.top(), rest, height), leading,
                 who);
    painter->setFont(option.font);
    const QRect area(inner.left(), first.bottom() + 1 + lineGap, inner.width(), textLines * height);
    if (isCurrent(option, index))
        paintWhole(painter, area, wholeText(*message));
    else
        paintText(painter, area, shortText(*message));
    QStringList last{m_model.stateText(index.row())};
    if (const QString state = Sentences::remoteState(*message); !state.isEmpty())
        last.append(state);
    if (message->delivery)
        last.append(Sentences::delivery(*message->delivery, m_clock.now()));
    painter->setPen(quiet);
    const QRect bottom(inner.left(), inner.bottom() - height + 1, inner.width(), height);
    drawTextLine(*painter, bottom, leading, last.join(QStringLiteral(" · ")));
    paintRowFocus(painter, option);
    painter->restore();
}

void ThreadDelegate::paintWhole(QPainter *painter, const QRect &area, const QString &text) const
{
    QTextLayout layout(text, painter->font());
    lay(layout, area.width(), painter->fontMetrics().height());
    layout.draw(painter, area.topLeft());
}

void ThreadDelegate::paintText(QPainter *painter, const QRect &area, const QString &text) const
{
    // A screenful is enough for two lines; more would only be laid out.
    QTextLayout layout(text.left(1000), painter->font());
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    const int height = painter->fontMetrics().height();
    layout.beginLayout();
    for (int line = 0; line < textLines; ++line) {
        QTextLine laid = layout.createLine();
        if (!laid.isValid())
            break;
        laid.setLineWidth(area.width());
        const int y = area.top() + line * height;
        const bool isLast = line == textLines - 1 && laid.textStart() + laid.textLength() < layout.text().size();
        const QString part = isLast ? painter->fontMetrics().elidedText(layout.text().mid(laid.textStart(), 400),
                                                                        Qt::ElideRight, area.width())
                                    : layout.text().mid(laid.textStart(), laid.textLength());
        drawTextLine(*painter, QRect(area.left(), y, area.width(), height),
                     part.isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft, part);
    }
    layout.endLayout();
}

} // namespace Earshot
