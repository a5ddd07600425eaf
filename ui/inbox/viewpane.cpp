// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/viewpane.h"

#include "ui/shell/appearance.h"
#include "ui/shell/icons.h"
#include "ui/shell/textline.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>

#include <utility>

namespace Earshot {

namespace {

/// A heading, or an icon with text and its count at the right, before which stands how long the oldest waits.
class ViewDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    using Role = ViewListModel::Role;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool isHeading = index.data(int(Role::isHeading)).toBool();
        return {option.fontMetrics.averageCharWidth() * 18, option.fontMetrics.height() + (isHeading ? 20 : 12)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (index.data(int(Role::isHeading)).toBool())
            paintHeading(painter, option, index);
        else
            paintRow(painter, option, index);
        painter->restore();
    }

private:
    static void paintHeading(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
    {
        QFont font = option.font;
        font.setPointSizeF(font.pointSizeF() * 0.85);
        font.setBold(true);
        painter->setFont(font);
        // A heading cannot be chosen, but is no less to be read.
        QPalette palette = option.palette;
        palette.setCurrentColorGroup(QPalette::Active);
        painter->setPen(Appearance::quietText(palette));
        painter->setLayoutDirection(option.direction);
        painter->drawText(option.rect.adjusted(14, 0, -14, -4), Qt::AlignLeft | Qt::AlignBottom,
                          index.data(Qt::DisplayRole).toString());
    }

    static void paintRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index)
    {
        const QPalette &palette = option.palette;
        const bool isSelected = option.state & QStyle::State_Selected;
        const QColor text = palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
        const QColor quiet = isSelected ? text : Appearance::quietText(palette);
        paintBack(painter, option);
        const QRect line = option.rect.adjusted(14, 0, -14, 0);
        // Reckoned as if read from the left, and mirrored where it is not.
        const auto placed = [&option](const QRect &area) {
            return QStyle::visualRect(option.direction, option.rect, area);
        };
        painter->setLayoutDirection(option.direction);
        const int top = line.top() + (line.height() - iconSize) / 2;
        Icons::paint(painter, placed(QRect(line.left(), top, iconSize, iconSize)),
                     index.data(int(Role::icon)).toString(), quiet);
        QRect rest = line.adjusted(iconSize + 9, 0, 0, 0);
        painter->setFont(option.font);
        painter->setPen(quiet);
        const auto paintAtEnd = [&](const QString &what) {
            painter->drawText(placed(rest), Qt::AlignRight | Qt::AlignVCenter, what);
            rest.setRight(rest.right() - option.fontMetrics.horizontalAdvance(what) - (what.isEmpty() ? 0 : between));
        };
        paintAtEnd(countOf(index));
        const bool isViewOfTrouble = index.data(int(Role::icon)).toString() == QLatin1StringView("warning");
        const auto paintSign = [&](const QString &icon, const QColor &color) {
            Icons::paint(painter, placed(QRect(rest.right() - iconSize + 1, top, iconSize, iconSize)), icon,
                         isSelected ? text : color);
            rest.setRight(rest.right() - iconSize - 6);
        };
        if (index.data(int(Role::hasTrouble)).toBool() && !isViewOfTrouble)
            paintSign(QStringLiteral("warning"), Appearance::warning(palette));
        if (index.data(int(Role::isFull)).toBool())
            paintSign(QStringLiteral("lock"), quiet);
        const QString name = index.data(Qt::DisplayRole).toString();
        const QString waiting = index.data(int(Role::waiting)).toString();
        // It is in the tooltip too, and of a name that is cut less is left.
        if (option.fontMetrics.horizontalAdvance(name + waiting) + between <= rest.width())
            paintAtEnd(waiting);
        painter->setPen(text);
        drawTextLine(*painter, placed(rest), option.direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft,
                     name);
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(QPen(isSelected ? text : palette.color(QPalette::Highlight), 1, Qt::DotLine));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(option.rect.adjusted(8, 3, -8, -3), 4, 4);
        }
    }

    static void paintBack(QPainter *painter, const QStyleOptionViewItem &option)
    {
        const bool isSelected = option.state & QStyle::State_Selected;
        if (!isSelected && !(option.state & QStyle::State_MouseOver))
            return;
        painter->setPen(Qt::NoPen);
        painter->setBrush(isSelected ? option.palette.color(QPalette::Highlight)
                                     : Appearance::markedRow(option.palette));
        painter->drawRoundedRect(option.rect.adjusted(6, 1, -6, -1), 5, 5);
    }

    [[nodiscard]] static QString countOf(const QModelIndex &index)
    {
        if (index.data(int(Role::isCounting)).toBool())
            return QStringLiteral("…");
        const qint64 known = index.data(int(Role::count)).toLongLong();
        if (const int limit = index.data(int(Role::limit)).toInt(); limit > 0)
            return QLocale().toString(known) + QLatin1Char('/') + QLocale().toString(limit);
        return known > 0 ? QLocale().toString(known) : QString();
    }

    static constexpr int iconSize = 16;
    static constexpr int between = 12;
};

} // namespace

ViewPane::ViewPane(const Roster &roster, QWidget *parent)
    : QListView(parent)
    , m_model(roster)
{
    setObjectName(QStringLiteral("views"));
    setAccessibleName(tr("Views"));
    setModel(&m_model);
    setItemDelegate(new ViewDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    viewport()->setBackgroundRole(QPalette::Window);
    setDragDropMode(QAbstractItemView::DropOnly);
    connect(&m_model, &ViewListModel::dropped, this, &ViewPane::dropped);
    connect(&m_model, &ViewListModel::rebuilt, this, &ViewPane::followCurrent);
    m_minute.setInterval(std::chrono::minutes(1));
    connect(&m_minute, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    m_minute.start();
    setContextMenuPolicy(Qt::CustomContextMenu);
    connect(this, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        if (const QModelIndex row = indexAt(at); row.isValid() && row != currentIndex())
            setCurrentIndex(row);
        Q_EMIT menuAsked(viewport()->mapToGlobal(at));
    });
}

void ViewPane::select(const ListQuery &query)
{
    const QScopedValueRollback quietly(m_isSelecting, true);
    const int row = m_model.rowOf(query);
    setCurrentIndex(row < 0 ? QModelIndex() : m_model.index(row));
}

void ViewPane::choose(View view)
{
    ListQuery query;
    query.view = view;
    choose(query);
}

void ViewPane::choose(const ListQuery &query)
{
    const int row = m_model.rowOf(query);
    if (row < 0)
        return;
    if (currentIndex().row() == row)
        tell(row);
    else
        setCurrentIndex(m_model.index(row));
}

void ViewPane::chooseMade(const QString &uuid)
{
    ListQuery query;
    query.view = View::custom;
    query.uuid = uuid;
    choose(query);
}

std::optional<ListQuery> ViewPane::now(const ListQuery &query) const
{
    return m_model.query(m_model.rowOf(query));
}

QSize ViewPane::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 30, 400};
}

void ViewPane::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (m_isSelecting || !current.isValid())
        return;
    tell(current.row());
}

void ViewPane::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    const int row = currentIndex().row();
    if (row >= start && row <= end)
        m_lost = m_model.place(row);
    // Qt makes a neighbour current; nobody chose that.
    const QScopedValueRollback quietly(m_isSelecting, true);
    QListView::rowsAboutToBeRemoved(parent, start, end);
}

void ViewPane::followCurrent()
{
    const std::optional<ListQuery> lost = std::exchange(m_lost, {});
    if (!lost)
        return;
    if (m_model.rowOf(*lost) >= 0)
        select(*lost);
    else
        choose(View::unassigned);
}

void ViewPane::tell(int row)
{
    if (const auto query = m_model.query(row))
        Q_EMIT viewChosen(*query);
    else if (const ViewRecord *view = m_model.made(row))
        Q_EMIT searchChosen(view->content.search);
}

void ViewPane::keyPressEvent(QKeyEvent *event)
{
    const bool isAlt = event->modifiers() == Qt::AltModifier;
    const bool isPlain = event->modifiers() == Qt::NoModifier;
    if (isAlt && event->key() == Qt::Key_Up)
        Q_EMIT commandAsked(QStringLiteral("view.up"));
    else if (isAlt && event->key() == Qt::Key_Down)
        Q_EMIT commandAsked(QStringLiteral("view.down"));
    else if (isPlain && event->key() == Qt::Key_F2)
        Q_EMIT commandAsked(QStringLiteral("view.edit"));
    else if (isPlain && event->key() == Qt::Key_Delete)
        Q_EMIT commandAsked(QStringLiteral("view.remove"));
    else
        QListView::keyPressEvent(event);
}

void ViewPane::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex at = indexAt(event->position().toPoint());
    const bool isCurrentAgain = at.isValid() && at == currentIndex() && event->button() == Qt::LeftButton;
    QListView::mousePressEvent(event);
    // A click on the current view brings its list back from a search.
    if (isCurrentAgain)
        tell(at.row());
}

} // namespace Earshot
