// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/search/searchdelegate.h"

#include "ui/search/searchmodel.h"
#include "ui/shell/appearance.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/icons.h"
#include "ui/shell/rowfocus.h"
#include "ui/shell/textline.h"
#include "ui/shell/wording.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int side = 14;
constexpr int edge = 8;

constexpr int excerptLines = 2;
constexpr QChar boldBegins(0xE001);
constexpr QChar boldEnds(0xE002);

/// As much of the excerpt as two lines hold, with bold where the signs say so.
class ExcerptLayout final
{
public:
    ExcerptLayout(const QString &excerpt, const QFont &font, int width)
        : m_font(font)
        , m_width(width)
    {
        read(excerpt);
        lay(m_text);
        for (qsizetype end = m_end; end < m_text.size() && end > 0 && !lay(m_text.left(end).trimmed() + u'…'); --end) {
        }
    }

    /// On base lines of the font's own, whatever other ones it borrows letters from.
    void draw(QPainter &painter, QPoint at) const
    {
        const QFontMetrics metrics(m_font);
        for (int i = 0; i < std::min(m_layout.lineCount(), excerptLines); ++i) {
            const QTextLine line = m_layout.lineAt(i);
            line.draw(&painter, QPointF(at) + QPointF(0, i * metrics.height() + metrics.ascent() - line.ascent()));
        }
    }

private:
    void read(const QString &excerpt)
    {
        for (const QChar c : excerpt) {
            if (c == boldBegins) {
                QTextLayout::FormatRange range;
                range.start = int(m_text.size());
                range.format.setFontWeight(QFont::Bold);
                m_formats.append(range);
            } else if (c == boldEnds && !m_formats.isEmpty()) {
                m_formats.last().length = int(m_text.size()) - m_formats.last().start;
            } else if (c != boldEnds) {
                m_text.append(c);
            }
        }
    }

    /// @return whether all of it has room
    bool lay(const QString &text)
    {
        m_layout.clearLayout();
        m_layout.setText(text);
        m_layout.setFont(m_font);
        QList<QTextLayout::FormatRange> formats = m_formats;
        formats.removeIf([&text](const QTextLayout::FormatRange &one) { return one.start + one.length > text.size(); });
        m_layout.setFormats(formats);
        m_layout.beginLayout();
        for (int i = 0; i < excerptLines; ++i) {
            QTextLine line = m_layout.createLine();
            if (!line.isValid())
                break;
            line.setLineWidth(m_width);
            line.setPosition({0, 0});
            m_end = line.textStart() + line.textLength();
        }
        m_layout.endLayout();
        return m_end >= text.size();
    }

    QFont m_font;
    int m_width;
    QString m_text;
    QList<QTextLayout::FormatRange> m_formats;
    QTextLayout m_layout;
    qsizetype m_end = 0;
};

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
        const bool isMirrored = option.direction == Qt::RightToLeft;
        drawTextLine(*painter, placed(option, line), isMirrored ? Qt::AlignRight : Qt::AlignLeft,
                     about.join(QStringLiteral(" · ")));
    }
    painter->setPen(text);
    const ExcerptLayout excerpt(index.data(int(SearchModel::Role::excerpt)).toString(), option.font, inner.width());
    excerpt.draw(*painter, QPoint(inner.left(), inner.top() + metrics.height() + 4));
    if (isSelected)
        return;
    painter->fillRect(
        placed(option, QRect(option.rect.left() + side, option.rect.bottom(), option.rect.width() - side, 1)),
        Appearance::line(option.palette));
}

} // namespace Earshot
