// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/drafthistory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype mostSteps = 100;
constexpr qsizetype mostCharacters = 32'000;

template <class Step>
QJsonArray toJson(const QList<Step> &steps)
{
    qsizetype first = steps.size();
    qsizetype characters = 0;
    while (first > 0 && steps.size() - first < mostSteps) {
        const Step &step = steps.at(first - 1);
        characters += step.removed.size() + step.added.size();
        if (characters > mostCharacters)
            break;
        --first;
    }
    QJsonArray list;
    for (qsizetype i = first; i < steps.size(); ++i)
        list.append(QJsonArray{steps.at(i).at, steps.at(i).removed, steps.at(i).added});
    return list;
}

template <class Step>
QList<Step> stepsFrom(const QJsonArray &list)
{
    QList<Step> steps;
    for (const QJsonValue &value : list) {
        const QJsonArray one = value.toArray();
        steps.append({one.at(0).toInteger(), one.at(1).toString(), one.at(2).toString()});
    }
    return steps;
}

/// Whether `there` stands at this place.
bool standsAt(const QString &text, qsizetype at, const QString &there)
{
    return at >= 0 && at + there.size() <= text.size() && QStringView(text).sliced(at, there.size()) == there;
}

} // namespace

DraftHistory::DraftHistory(QTextDocument &document)
    : m_document(document)
{
    connect(&document, &QTextDocument::contentsChange, this, &DraftHistory::onContentsChange);
}

DraftHistory::Step DraftHistory::difference(const QString &before, const QString &after)
{
    const qsizetype shorter = std::min(before.size(), after.size());
    qsizetype head = 0;
    while (head < shorter && before.at(head) == after.at(head))
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && before.at(before.size() - 1 - tail) == after.at(after.size() - 1 - tail))
        ++tail;
    return {head, before.sliced(head, before.size() - head - tail), after.sliced(head, after.size() - head - tail)};
}

void DraftHistory::add(const Step &step, int state)
{
    m_done.append(step);
    m_states.append(state);
}

void DraftHistory::onContentsChange()
{
    const QString now = m_document.toPlainText();
    const int state = m_document.availableUndoSteps();
    // A step that put the same text in its own place is one too: what is typed on joins it and is undone with it.
    if (now != m_text || state != m_state) {
        const Step step = difference(m_text, now);
        if (state < m_state) {
            while (!m_states.isEmpty() && m_states.constLast() >= state) {
                m_undone.append(m_done.takeLast());
                m_states.removeLast();
            }
        } else if (state > m_state || m_done.isEmpty()) {
            const bool isRedone = !m_undone.isEmpty() && m_undone.constLast() == step;
            if (isRedone)
                m_undone.removeLast();
            else
                m_undone.clear();
            add(step, m_state);
            m_before = m_text;
        } else {
            // Typed on: the document has joined it to its last step.
            m_undone.clear();
            m_done.last() = difference(m_before, now);
        }
        if (state < m_state && !m_done.isEmpty()) {
            const Step &last = m_done.constLast();
            m_before = QString(now).replace(last.at, last.added.size(), last.removed);
        }
    }
    m_text = now;
    m_state = state;
}

void DraftHistory::apply(const Step &step)
{
    QTextCursor cursor(&m_document);
    cursor.beginEditBlock();
    cursor.setPosition(int(step.at));
    cursor.setPosition(int(step.at + step.removed.size()), QTextCursor::KeepAnchor);
    cursor.insertText(step.added);
    cursor.endEditBlock();
}

void DraftHistory::restore(const QString &text, const QString &kept)
{
    const QJsonObject json = QJsonDocument::fromJson(kept.toUtf8()).object();
    const auto done = stepsFrom<Step>(json.value(QLatin1StringView("done")).toArray());
    const auto undone = stepsFrom<Step>(json.value(QLatin1StringView("undone")).toArray());
    QString base = text;
    bool isWhole = true;
    for (auto step = done.crbegin(); isWhole && step != done.crend(); ++step) {
        isWhole = standsAt(base, step->at, step->added);
        if (isWhole)
            base.replace(step->at, step->added.size(), step->removed);
    }
    QString further = text;
    for (auto step = undone.crbegin(); isWhole && step != undone.crend(); ++step) {
        isWhole = standsAt(further, step->at, step->removed);
        if (isWhole)
            further.replace(step->at, step->removed.size(), step->added);
    }
    m_document.setPlainText(isWhole ? base : text);
    m_done.clear();
    m_states.clear();
    m_undone.clear();
    m_text = m_document.toPlainText();
    m_state = m_document.availableUndoSteps();
    if (!isWhole)
        return;
    for (const Step &step : done)
        apply(step);
    for (auto step = undone.crbegin(); step != undone.crend(); ++step)
        apply(*step);
    for (qsizetype i = 0; i < undone.size(); ++i)
        m_document.undo();
}

QString DraftHistory::toText() const
{
    if (m_done.isEmpty() && m_undone.isEmpty())
        return {};
    const QJsonObject json{{QStringLiteral("done"), toJson(m_done)}, {QStringLiteral("undone"), toJson(m_undone)}};
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

} // namespace Earshot
