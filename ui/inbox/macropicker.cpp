// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/macropicker.h"

#include "ui/shell/keydispatcher.h"
#include "ui/shell/macrowording.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/roster.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int keyRole = Qt::UserRole;
constexpr int gap = 12;

/// A key in a column of its own, the name beside it.
class KeyedRows final : public QStyledItemDelegate
{
public:
    KeyedRows(int keyWidth, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_keyWidth(keyWidth)
    {
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->text.clear();
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const bool isChosen = option.state & QStyle::State_Selected;
        const QRect row = option.rect.adjusted(gap / 2, 0, -gap / 2, 0);
        const QRect keyPlace(row.left(), row.top(), m_keyWidth, row.height());
        const QRect namePlace = row.adjusted(m_keyWidth + gap, 0, 0, 0);
        const auto draw = [&](const QRect &place, int flags, const QString &text) {
            painter->drawText(QStyle::visualRect(option.direction, option.rect, place), flags | Qt::AlignVCenter,
                              option.fontMetrics.elidedText(text, Qt::ElideRight, place.width()));
        };
        painter->save();
        painter->setLayoutDirection(option.direction);
        painter->setFont(option.font);
        painter->setPen(option.palette.color(isChosen ? QPalette::HighlightedText : QPalette::Text));
        draw(keyPlace, Qt::AlignHCenter, index.data(keyRole).toString());
        draw(namePlace, Qt::AlignLeft, index.data(Qt::DisplayRole).toString());
        painter->restore();
    }

private:
    int m_keyWidth;
};

} // namespace

MacroPicker::MacroPicker(const Roster &roster, int conversations, QWidget *parent)
    : QDialog(parent)
    , m_macros(roster.macros())
    , m_field(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("macroPicker"));
    setAttribute(Qt::WA_DeleteOnClose);
    KeyDispatcher::goesOnIn(*this);
    setWindowTitle(tr("Macro on %Ln conversation(s)", nullptr, conversations));
    m_list->setObjectName(QStringLiteral("macroPickerList"));
    m_list->setAccessibleName(tr("Macros: press the key, or Enter"));
    m_list->setTextElideMode(Qt::ElideRight);
    int keyWidth = 0;
    for (const MacroRecord &macro : std::as_const(m_macros)) {
        keyWidth = std::max(keyWidth, fontMetrics().horizontalAdvance(macro.key));
        auto *item = new QListWidgetItem(macro.name, m_list);
        item->setData(keyRole, macro.key);
        item->setToolTip(PlainLabel::toolTipOf(MacroWording::of(macro.steps, roster)));
        item->setData(Qt::AccessibleTextRole,
                      macro.key.isEmpty() ? macro.name : tr("%1, key %2").arg(macro.name, macro.key));
        item->setData(Qt::AccessibleDescriptionRole, MacroWording::of(macro.steps, roster));
    }
    m_list->setItemDelegate(new KeyedRows(keyWidth, m_list));
    m_field->setObjectName(QStringLiteral("macroPickerField"));
    m_field->setAccessibleName(tr("Find a macro by its name"));
    m_field->setPlaceholderText(tr("Press a key; / finds by name"));
    auto *empty =
        new PlainLabel(tr("There are no macros yet. A macro does several things with one key: it assigns, tags and "
                          "begins the answer, say."),
                       this);
    empty->setWrapping(true);
    empty->setQuiet(true);
    empty->setVisible(m_macros.isEmpty());
    auto *manage = new QPushButton(tr("Macros…"), this);
    manage->setObjectName(QStringLiteral("macroPickerManage"));
    manage->setAutoDefault(false);
    connect(manage, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT managingAsked();
    });
    auto *column = new QVBoxLayout(this);
    column->addWidget(empty, 1);
    column->addWidget(m_list, 1);
    column->addWidget(m_field);
    auto *foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(manage);
    column->addLayout(foot);
    m_list->setVisible(!m_macros.isEmpty());
    m_field->setVisible(!m_macros.isEmpty());
    m_list->installEventFilter(this);
    m_list->setCurrentRow(0);
    connect(m_list, &QListWidget::itemClicked, this, [this] { pick(m_list->currentRow()); });
    connect(m_field, &QLineEdit::textChanged, this, &MacroPicker::filter);
    connect(m_field, &QLineEdit::returnPressed, this, [this] { pick(m_list->currentRow()); });
    if (m_macros.isEmpty())
        manage->setFocus();
    else
        m_list->setFocus();
    resize(fontMetrics().averageCharWidth() * 52, fontMetrics().height() * 16);
}

void MacroPicker::filter(const QString &text)
{
    int first = -1;
    for (int row = 0; row < m_list->count(); ++row) {
        const bool isFound = m_macros.at(row).name.contains(text.trimmed(), Qt::CaseInsensitive);
        m_list->setRowHidden(row, !isFound);
        if (isFound && first < 0)
            first = row;
    }
    m_list->setCurrentRow(first);
}

void MacroPicker::pick(int row)
{
    if (row < 0 || row >= m_macros.size() || m_list->isRowHidden(row))
        return;
    const MacroRecord macro = m_macros.at(row);
    accept();
    Q_EMIT picked(macro);
}

bool MacroPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto &key = *static_cast<QKeyEvent *>(event);
    if (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) {
        pick(m_list->currentRow());
        return true;
    }
    const QString name = KeyDispatcher::keyName(key);
    if (name == QLatin1StringView("/")) {
        m_field->setFocus();
        return true;
    }
    for (int row = 0; row < m_macros.size(); ++row) {
        if (!name.isEmpty() && (m_macros.at(row).key == name || m_macros.at(row).key == key.text().toUpper())) {
            pick(row);
            return true;
        }
    }
    // A mistyped letter runs nothing and moves nothing.
    return !name.isEmpty() || QDialog::eventFilter(watched, event);
}

} // namespace Earshot
