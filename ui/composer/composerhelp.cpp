// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer.h"

#include "ui/composer/choicebar.h"
#include "ui/composer/composeredit.h"
#include "ui/composer/emoji.h"
#include "ui/composer/spellmarks.h"
#include "ui/composer/textcompletion.h"
#include "ui/shell/wording.h"

#include <QActionGroup>
#include <QLocale>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace Earshot {

// What helps with writing: saved replies, names of colleagues, spelling.

void Composer::buildHelp()
{
    m_agents->setFindsDetails(true);
    connect(m_agents, &TextCompletion::chosen, this, [this](int index, QTextCursor typed) {
        typed.insertText(QLatin1Char('@') + m_agents->nameOf(index) + QLatin1Char(' '));
    });
    m_replies->setNames(QStringLiteral("savedReplyCompletion"), tr("Saved replies"));
    connect(m_replies, &TextCompletion::chosen, this, &Composer::insertReply);
    connect(m_edit, &ComposerEdit::menuOpening, this, &Composer::addRepliesTo);
    m_emoji->setNames(QStringLiteral("emojiCompletion"), tr("Emoji"));
    // One letter after a colon is more often a smile of the old kind, or a list.
    m_emoji->setLeast(2);
    QList<TextCompletion::Entry> emoji;
    for (const Emoji::Entry &entry : Emoji::entries(locale()))
        emoji.append({entry.name, entry.text});
    m_emoji->setEntries(emoji);
    connect(m_emoji, &TextCompletion::chosen, this,
            [this](int index, QTextCursor typed) { typed.insertText(m_emoji->detailOf(index)); });
    m_language->setObjectName(QStringLiteral("composerLanguage"));
    m_language->setAutoRaise(true);
    m_language->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_language);
    connect(menu, &QMenu::aboutToShow, this, &Composer::fillLanguages);
    m_language->setMenu(menu);
    m_language->hide();
}

/// In a note colleagues, in a public reply who has to do with the thread. In a private one nobody: whoever is named
/// there can read it.
void Composer::offerMentions()
{
    QList<TextCompletion::Entry> names;
    for (const AgentRecord &agent : m_subject.agents) {
        if (isOfNote() && !agent.isDisabled)
            names.append({agent.name, {}});
    }
    std::sort(names.begin(), names.end(), [](const TextCompletion::Entry &one, const TextCompletion::Entry &other) {
        return one.name.compare(other.name, Qt::CaseInsensitive) < 0;
    });
    for (const auto &[handle, name] : std::as_const(m_subject.people)) {
        const bool isUs = handle.compare(m_subject.channel.accountHandle, Qt::CaseInsensitive) == 0;
        if (m_mode == Mode::reply && !isUs)
            names.append({handle.mid(1), name});
    }
    m_agents->setNames(QStringLiteral("noteCompletion"), isOfNote() ? tr("Agents") : tr("People in this thread"));
    m_agents->setEntries(names);
}

void Composer::setSavedReplies(const QList<SavedReplyRecord> &replies)
{
    if (m_saved == replies)
        return;
    m_saved = replies;
    QList<TextCompletion::Entry> entries;
    for (const SavedReplyRecord &reply : replies)
        entries.append({reply.name, reply.text.simplified().left(60)});
    m_replies->setEntries(entries);
    if (m_mode)
        fit();
}

PlaceholderValues Composer::placeholderValues(const ComposerSubject &subject) const
{
    const ConversationRecord &conversation = subject.conversation;
    PlaceholderValues values;
    values.name = conversation.contactName;
    values.firstName = conversation.contactName.section(QLatin1Char(' '), 0, 0, QString::SectionSkipEmpty);
    values.handle = conversation.contactHandle;
    const auto me = std::find_if(subject.agents.cbegin(), subject.agents.cend(),
                                 [this](const AgentRecord &agent) { return agent.id == m_desk.me(); });
    values.agent = me == subject.agents.cend() ? QString() : me->name;
    values.channel = nameOf(subject.channel);
    values.number = QLatin1Char('#') + QString::number(conversation.number);
    values.link = conversation.threadUrl;
    return values;
}

/// As behind ";", for who works by the pointer.
void Composer::addRepliesTo(QMenu *menu)
{
    if (m_saved.isEmpty() || m_isSending)
        return;
    menu->addSeparator();
    QMenu *replies = menu->addMenu(tr("Saved replies"));
    replies->setObjectName(QStringLiteral("composerSavedReplies"));
    for (int i = 0; i < m_saved.size(); ++i) {
        const QString name = QString(m_saved.at(i).name).replace(QLatin1Char('&'), QStringLiteral("&&"));
        replies->addAction(name, this, [this, i] {
            insertReply(i, m_edit->textCursor());
            m_edit->setFocus();
        });
    }
}

void Composer::insertReply(int index, QTextCursor typed)
{
    if (index >= 0 && index < m_saved.size())
        insertFilled(std::move(typed), m_saved.at(index).text);
}

bool Composer::insertText(const QString &text)
{
    if (!m_mode || m_isSending)
        return false;
    QTextCursor cursor = m_edit->textCursor();
    cursor.movePosition(QTextCursor::End);
    insertFilled(cursor, text, hasText() ? QStringLiteral("\n\n") : QString());
    return true;
}

QString Composer::keepReply(const ComposerSubject &subject, const QString &text)
{
    const ConversationId conversation = subject.conversation.id;
    const std::optional<MessageRecord> &answered = subject.newestInbound;
    const Mode mode = answered && answered->visibility == Visibility::direct ? Mode::privateReply : Mode::reply;
    QString why;
    if (!canWrite(subject, mode, &why))
        return why;
    Draft &place = m_book->draft(conversation, mode);
    if (answered && !m_book->knows(place.target)) {
        m_book->know(*answered);
        place.target = answered->id;
    }
    if (place.isEmpty())
        place.basedOn = subject.conversation.seq;
    QTextCursor end(place.document.get());
    end.movePosition(QTextCursor::End);
    const QString above = place.document->isEmpty() ? QString() : QStringLiteral("\n\n");
    end.insertText(above + fillPlaceholders(text, placeholderValues(subject)));
    place.cursor = end.position();
    save(conversation, mode);
    m_book->tell(conversation, mode);
    return {};
}

/// In one step for who undoes it, and not in a block of edits: the editor would look for lines that are not laid out
/// yet.
void Composer::insertFilled(QTextCursor cursor, const QString &text, const QString &before)
{
    const int from = cursor.selectionStart() + int(before.size());
    cursor.insertText(before + fillPlaceholders(text, placeholderValues(m_subject)));
    const int end = cursor.position();
    cursor.setPosition(from);
    m_edit->setTextCursor(cursor);
    const auto gap = nextGap(m_edit->toPlainText(), from);
    if (gap && gap->from < end) {
        m_edit->goToGap();
        return;
    }
    cursor.setPosition(end);
    m_edit->setTextCursor(cursor);
}

void Composer::askAboutOtherTarget(MessageId before)
{
    const auto goBack = [this, before] {
        draft().target = before;
        fill();
        showMode();
        keepDraft();
        m_edit->setFocus();
    };
    keepDraft();
    m_choices->ask(tr("This draft was begun as an answer to another message."), {{tr("Answer that one"), goBack}});
}

bool Composer::asksAboutGap(bool thenResolve, Consent consent)
{
    const auto gap = nextGap(m_edit->toPlainText());
    if (isOfNote() || consent.toGaps || !gap)
        return false;
    Consent given = consent;
    given.toGaps = true;
    m_choices->ask(
        tr("%1 is not filled in.").arg(Wording::isolated(m_edit->toPlainText().sliced(gap->from, gap->length))),
        {{tr("Show it"),
          [this] {
              m_choices->clear();
              m_edit->moveCursor(QTextCursor::Start);
              m_edit->goToGap();
              m_edit->setFocus();
          }},
         {tr("Send anyway"), [this, thenResolve, given] { send(thenResolve, given); }}});
    return true;
}

void Composer::setSpeller(Speller *speller)
{
    m_speller = speller;
    m_edit->spelling().setSpeller(speller);
    if (m_mode)
        showLanguage();
}

QString Composer::language()
{
    if (!m_speller)
        return {};
    static const QString none = QStringLiteral("none");
    const QString chosen = draft().language;
    if (chosen == none)
        return {};
    if (m_speller->languages().contains(chosen))
        return chosen;
    const QString answered = m_target && !isOfNote() ? m_target->language : QString();
    const QString known = m_speller->dictionaryFor(answered);
    if (!known.isEmpty() || !answered.isEmpty())
        return known;
    const QString system = m_speller->dictionaryFor(QLocale().name());
    // The program itself speaks English where the system names no language.
    return system.isEmpty() ? m_speller->dictionaryFor(QStringLiteral("en")) : system;
}

void Composer::showLanguage()
{
    const QString now = language();
    m_edit->spelling().setLanguage(now);
    const QString name = now.isEmpty() ? tr("No spelling") : Speller::nameOf(now);
    m_language->setVisible(m_speller && !m_speller->languages().isEmpty());
    // A short word: the name is in the menu and for the screen reader.
    m_language->setText(now.isEmpty() ? QStringLiteral("–") : now.section(QLatin1Char('_'), 0, 0).toUpper());
    m_language->setAccessibleName(tr("Spelling: %1").arg(name));
    m_language->setToolTip(tr("Spelling: %1").arg(name));
}

void Composer::fillLanguages()
{
    QMenu *menu = m_language->menu();
    menu->clear();
    auto *group = new QActionGroup(menu);
    const auto add = [&](const QString &text, const QString &value, bool isChosen) {
        QAction *action = menu->addAction(text, this, [this, value] { chooseLanguage(value); });
        action->setObjectName(QStringLiteral("spelling_") + value);
        action->setCheckable(true);
        action->setChecked(isChosen);
        group->addAction(action);
    };
    const QString now = language();
    for (const QString &known : m_speller->languages())
        add(Speller::nameOf(known), known, known == now);
    menu->addSeparator();
    add(tr("No spelling"), QStringLiteral("none"), now.isEmpty());
}

void Composer::chooseLanguage(const QString &language)
{
    if (!m_mode)
        return;
    draft().language = language;
    showLanguage();
    keepDraft();
    tellDraft();
}

} // namespace Earshot
