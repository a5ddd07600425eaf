// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/search/searchdelegate.h"

#include "ui/search/searchmodel.h"
#include "ui/shell/appearance.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/icons.h"
#include "ui/shell/rowfocus.h"
#include "ui/shell/wording.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int side = 14;
constexpr int edge = 8;

/// The excerpt on two lines at most, with bold where U+E001 and U+E002 say so.
void paintExcerpt(QPainter *painter, const QRect &area, const QString &excerpt, const QFont &font)
{
    QString text;
    QList<QTextLayout::FormatRange> formats;
    for (const QChar c : excerpt) {
        if (c == QChar(0xE001)) {
            QTextLayout::FormatRange range;
            range.start = int(text.size());
            range.format.setFontWeight(QFont::Bold);
            formats.append(range);
        } else if (c == QChar(0xE002)) {
            if (!formats.isEmpty())
                formats.last().length = int(text.size()) - formats.last().start;
        } else {
            text.append(c);
        }
    }
    QTextLayout layout(text, font);
    layout.setFormats(formats);
    layout.beginLayout();
    qreal top = 0;
    for (int lines = 0; lines < 2; ++lines) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(area.width());
        line.setPosition({0, top});
        top += line.height();
    }
    layout.endLayout();
    layout.draw(painter, area.topLeft());
}

/// Rows are reckoned as if read from the left, and mirrored where they are not.
QRect placed(const QStyleOptionViewItem &option, const QRect &area)
{
    return QStyle::visualRect(option.direction, option.rect, area);
}

} // namespace

SearchDelegate::SearchDelegate(const SearchModel &model, const CommandRegistry &commands, const Clock &clock,
                               QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
    , m_commands(commands)
    , m_clock(clock)
{
}

QSize SearchDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isCommand = !index.data(int(SearchModel::Role::command)).toString().isEmpty();
    const int line = option.fontMetrics.height();
    return {option.fontMetrics.averageCharWidth() * 30, isCommand ? line + 14 : 3 * line + 2 * edge + 4};
}

void SearchDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setLayoutDirection(option.direction);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, option.palette.color(QPalette::Highlight));
    const QString command = index.data(int(SearchModel::Role::command)).toString();
    if (command.isEmpty())
        paintHit(painter, option, index);
    else
        paintCommand(painter, option, command);
    paintRowFocus(painter, option);
    painter->restore();
}

void SearchDelegate::paintCommand(QPainter *painter, const QStyleOptionViewItem &option, const QString &id) const
{
    const bool isSelected = option.state & QStyle::State_Selected;
    const QColor text = option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    const QRect line = option.rect.adjusted(side, 0, -side, 0);
    const Command *command = m_commands.find(id);
    if (command && !command->icon.isEmpty())
        Icons::paint(painter, placed(option, QRect(line.left(), line.center().y() - 7, 16, 16)), command->icon, text);
    painter->setFont(option.font);
    painter->setPen(isSelected ? text : Appearance::quietText(option.palette));
    painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, m_commands.keyText(id));
    const QString why = m_commands.whyNotBesideName(id);
    const QString name =
        why.isEmpty() ? m_commands.plainText(id) : QStringLiteral("%1 · %2").arg(m_commands.plainText(id), why);
    const int key = option.fontMetrics.horizontalAdvance(m_commands.keyText(id));
    const QRect place = line.adjusted(25, 0, key > 0 ? -key - 10 : 0, 0);
    painter->setPen(isSelected || why.isEmpty() ? text : Appearance::quietText(option.palette));
    painter->drawText(placed(option, place), Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(name, Qt::ElideRight, place.width()));
}

void SearchDelegate::paintHit(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isSelected = option.state & QStyle::State_Selected;
    const QColor text = option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    const QColor quiet = isSelected ? text : Appearance::quietText(option.palette);
    const QFontMetrics metrics = option.fontMetrics;
    const QRect inner = option.rect.adjusted(side, edge, -side, -edge);
    QRect line(inner.left(), inner.top(), inner.width(), metrics.height());
    const ConversationRecord *record =
        m_model.record(ConversationId(index.data(int(SearchModel::Role::conversation)).toLongLong()));
    const Time at = timeFromMs(index.data(int(SearchModel::Role::at)).toLongLong());
    const QString when = Wording::age(at, m_clock.now());
    painter->setFont(option.font);
    painter->setPen(quiet);
    painter->drawText(placed(option, line), Qt::AlignRight | Qt::AlignVCenter, when);
    line.setRight(line.right() - metrics.horizontalAdvance(when) - 8);
    if (record) {
        Icons::paint(painter, placed(option, QRect(line.right() - 15, line.center().y() - 7, 16, 16)),
                     Icons::ofNetwork(record->network), quiet);
        line.setRight(line.right() - 24);
        QStringList about{Wording::isolated(record->contactName), Wording::of(record->status)};
        if (record->assignee.isValid())
            about.append(Wording::isolated(record->assigneeName));
        painter->drawText(placed(option, line), Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(about.join(QStringLiteral(" · ")), Qt::ElideRight, line.width()));
    }
    painter->setPen(text);
    paintExcerpt(painter, QRect(inner.left(), inner.top() + metrics.height() + 4, inner.width(), 2 * metrics.height()),
                 index.data(int(SearchModel::Role::excerpt)).toString(), option.font);
    if (isSelected)
        return;
    painter->fillRect(
        placed(option, QRect(option.rect.left() + side, option.rect.bottom(), option.rect.width() - side, 1)),
        Appearance::line(option.palette));
}

} // namespace Earshot
