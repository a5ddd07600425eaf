// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/textcompletion.h"

#include "ui/shell/matches.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTextBlock>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int numberRole = Qt::UserRole + 1;
constexpr int widestPopup = 420;

} // namespace

TextCompletion::TextCompletion(QPlainTextEdit *edit, QChar sign, bool isInside)
    : QObject(edit)
    , m_edit(edit)
    , m_completer(new QCompleter(this))
    , m_offered(new QStandardItemModel(this))
    , m_sign(sign)
    , m_isInside(isInside)
{
    m_completer->setModel(m_offered);
    m_completer->setWidget(edit);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->popup()->setTextElideMode(Qt::ElideRight);
    m_completer->popup()->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this, &TextCompletion::choose);
    connect(edit, &QPlainTextEdit::textChanged, this, &TextCompletion::offer);
    // Before the completer, which would hand the keys to the editor past all filters.
    m_completer->popup()->installEventFilter(this);
}

void TextCompletion::setNames(const QString &objectName, const QString &accessibleName)
{
    m_completer->popup()->setObjectName(objectName);
    m_completer->popup()->setAccessibleName(accessibleName);
}

void TextCompletion::setEntries(const QList<Entry> &entries)
{
    if (m_entries == entries)
        return;
    // What is open shows the others by their places.
    m_completer->popup()->hide();
    m_entries = entries;
    m_names.clear();
    for (const Entry &entry : entries)
        m_names.append(entry.name);
}

void TextCompletion::fill(const QList<int> &entries)
{
    m_offered->clear();
    for (const int index : entries) {
        const Entry &entry = m_entries.at(index);
        auto *item =
            new QStandardItem(entry.detail.isEmpty() ? entry.name : entry.name + QStringLiteral(" — ") + entry.detail);
        item->setData(index, numberRole);
        m_offered->appendRow(item);
    }
}

void TextCompletion::setActive(bool isActive)
{
    m_isActive = isActive;
    if (!isActive)
        m_completer->popup()->hide();
}

QString TextCompletion::beginning() const
{
    const QTextCursor cursor = m_edit->textCursor();
    const QString before = cursor.block().text().first(cursor.positionInBlock());
    const qsizetype at = before.lastIndexOf(m_sign);
    const bool isInWord = at > 0 && before.at(at - 1).isLetterOrNumber();
    if (at < 0 || isInWord || before.size() - at > 40)
        return {};
    // Not null even when nothing follows the sign yet.
    return QLatin1String("") + before.sliced(at + 1);
}

QList<int> TextCompletion::byDetail(const QString &begun) const
{
    QList<int> found;
    for (int i = 0; m_findsDetails && !begun.isEmpty() && i < m_entries.size(); ++i) {
        const QString &detail = m_entries.at(i).detail;
        if (detail.startsWith(begun, Qt::CaseInsensitive) ||
            detail.contains(QLatin1Char(' ') + begun, Qt::CaseInsensitive))
            found.append(i);
    }
    return found;
}

void TextCompletion::offer()
{
    const QString begun = m_isActive && m_edit->hasFocus() ? beginning() : QString();
    if (begun.isNull() || begun.size() < m_least || begun.startsWith(QLatin1Char(' '))) {
        m_completer->popup()->hide();
        return;
    }
    const Matches matches = matchesOf(m_names, begun);
    QList<int> found = m_isInside ? matches.all() : matches.begun;
    for (const int index : byDetail(begun)) {
        if (!found.contains(index))
            found.append(index);
    }
    const bool isWhole = found.size() == 1 && m_sign == QLatin1Char('@') &&
                         nameOf(found.constFirst()).compare(begun, Qt::CaseInsensitive) == 0;
    if (found.isEmpty() || isWhole) {
        m_completer->popup()->hide();
        return;
    }
    fill(found);
    QRect place = m_edit->cursorRect();
    place.setWidth(std::min(widestPopup, m_completer->popup()->sizeHintForColumn(0) + 24));
    m_completer->complete(place);
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

void TextCompletion::choose(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    QTextCursor typed = m_edit->textCursor();
    typed.movePosition(QTextCursor::PreviousCharacter, QTextCursor::KeepAnchor, int(beginning().size()) + 1);
    Q_EMIT chosen(index.data(numberRole).toInt(), typed);
}

bool TextCompletion::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        // These end the choice, and do nothing else.
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab:
            m_completer->popup()->hide();
            // Whoever wants to send has not chosen, and sees first what would go out.
            if (!(key->modifiers() & Qt::ControlModifier))
                choose(m_completer->popup()->currentIndex());
            return true;
        case Qt::Key_Escape:
            m_completer->popup()->hide();
            return true;
        default:
            break;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace Earshot
