// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/outboxdetail.h"

#include "ui/shell/plainlabel.h"
#include "ui/shell/wording.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace Earshot {

namespace {

QPlainTextEdit *makeText(const char *name, QWidget *parent)
{
    auto *text = new QPlainTextEdit(parent);
    text->setObjectName(QString::fromLatin1(name));
    text->setReadOnly(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setTabChangesFocus(true);
    return text;
}

} // namespace

OutboxDetail::OutboxDetail(QWidget *parent)
    : QWidget(parent)
    , m_own(new QWidget(this))
    , m_there(new QWidget(this))
    , m_title(new PlainLabel(m_own))
    , m_words(makeText("outboxWords", m_own))
    , m_present(makeText("outboxPresent", m_there))
    , m_copy(new QPushButton(tr("Copy"), m_own))
{
    m_copy->setObjectName(QStringLiteral("outboxCopy"));
    m_copy->setAccessibleName(tr("Copy the words"));
    m_copy->setAutoDefault(false);
    connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(words()); });
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_copy);
    auto *own = new QVBoxLayout(m_own);
    own->setContentsMargins(0, 0, 0, 0);
    own->addLayout(head);
    own->addWidget(m_words, 1);
    auto *title = new PlainLabel(tr("What is there now"), m_there);
    title->setBold(true);
    title->setMinimumHeight(m_copy->sizeHint().height());
    m_title->setBold(true);
    m_present->setAccessibleName(title->text());
    auto *there = new QVBoxLayout(m_there);
    there->setContentsMargins(0, 0, 0, 0);
    there->addWidget(title);
    there->addWidget(m_present, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_own, 1);
    row->addWidget(m_there, 1);
    setTabOrder(m_copy, m_words);
    setTabOrder(m_words, m_present);
    showWhatThereIs();
}

void OutboxDetail::showWords(const QString &words, bool isWrittenOn, const QString &writer)
{
    m_title->setText(isWrittenOn        ? tr("Your words; they can be changed here")
                     : writer.isEmpty() ? tr("Your words")
                                        : tr("What %1 wrote").arg(Wording::isolated(writer)));
    m_words->setAccessibleName(m_title->text());
    m_words->setTextInteractionFlags(isWrittenOn ? Qt::TextEditorInteraction
                                                 : Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    if (m_words->toPlainText() != words)
        m_words->setPlainText(words);
    m_own->setVisible(!words.isEmpty());
    showWhatThereIs();
}

void OutboxDetail::showPresent(const QString &text)
{
    const QString before = m_present->toPlainText();
    const int scrolled = m_present->verticalScrollBar()->value();
    if (before != text)
        m_present->setPlainText(text);
    if (!before.isEmpty() && text.startsWith(before))
        m_present->verticalScrollBar()->setValue(scrolled);
    m_there->setVisible(!text.isEmpty());
    showWhatThereIs();
}

QString OutboxDetail::words() const
{
    return m_words->toPlainText();
}

void OutboxDetail::showWhatThereIs()
{
    setVisible(!m_own->isHidden() || !m_there->isHidden());
}

} // namespace Earshot
