// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/spellmarks.h"

#include "ui/composer/composeredit.h"
#include "ui/shell/appearance.h"
#include "ui/shell/whendone.h"

#include <QMenu>
#include <QPointer>
#include <QTextDocument>

namespace Earshot {

namespace {

/// What a block was found to be.
class BlockSpelling final : public QTextBlockUserData
{
public:
    QString text;
    QList<Misspelling> wrong;
};

constexpr int mostLines = 1000;

} // namespace

SpellMarks::SpellMarks(ComposerEdit *edit)
    : QObject(edit)
    , m_edit(edit)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(150);
    connect(&m_soon, &QTimer::timeout, this, &SpellMarks::checkWaiting);
    m_show.setSingleShot(true);
    connect(&m_show, &QTimer::timeout, this, &SpellMarks::showMarks);
    connect(edit, &QPlainTextEdit::cursorPositionChanged, this, &SpellMarks::showMarks);
    documentChanged();
}

void SpellMarks::setSpeller(Speller *speller)
{
    m_speller = speller;
    if (speller)
        connect(speller, &Speller::wordsChanged, this, &SpellMarks::checkAll);
    checkAll();
}

void SpellMarks::setLanguage(const QString &language)
{
    if (m_language == language)
        return;
    m_language = language;
    checkAll();
}

void SpellMarks::documentChanged()
{
    disconnect(m_document);
    if (QTextDocument *document = m_edit->document())
        m_document = connect(document, &QTextDocument::contentsChange, this, &SpellMarks::onContentsChange);
    checkAll();
}

void SpellMarks::checkAll()
{
    ++m_generation;
    m_waiting.clear();
    for (QTextBlock block = m_edit->document()->firstBlock(); block.isValid(); block = block.next()) {
        block.setUserData(nullptr);
        m_waiting.insert(block.blockNumber());
    }
    showMarks();
    m_soon.start();
}

void SpellMarks::onContentsChange(int position, int removed, int added)
{
    if (removed == added && removed == 0)
        return;
    const QTextDocument *document = m_edit->document();
    QTextBlock block = document->findBlock(position);
    const QTextBlock last = document->findBlock(std::min(position + added, document->characterCount() - 1));
    for (; block.isValid() && block.blockNumber() <= last.blockNumber(); block = block.next())
        m_waiting.insert(block.blockNumber());
    m_soon.start();
}

void SpellMarks::checkWaiting()
{
    // Of so many lines none was written by hand. What is left of them is looked at as a whole.
    const bool wasTooLong = std::exchange(m_isTooLong, m_edit->document()->blockCount() > mostLines);
    if (wasTooLong != m_isTooLong)
        checkAll();
    const QSet<int> waiting = std::exchange(m_waiting, {});
    if (!m_speller || m_language.isEmpty() || m_isTooLong)
        return;
    for (const int number : waiting) {
        const QTextBlock block = m_edit->document()->findBlockByNumber(number);
        const QString text = block.text();
        const auto *known = static_cast<const BlockSpelling *>(block.userData());
        if (!block.isValid() || (known && known->text == text))
            continue;
        whenDone(m_speller->check(m_language, text), this,
                 [this, block, text, generation = m_generation](const QList<Misspelling> &wrong) {
                     if (generation == m_generation)
                         takeAnswer(block, text, wrong);
                 });
    }
}

void SpellMarks::takeAnswer(const QTextBlock &block, const QString &text, const QList<Misspelling> &wrong)
{
    // It may have been typed on, or deleted, meanwhile: then another answer comes.
    if (!block.isValid() || block.document() != m_edit->document() || block.text() != text)
        return;
    auto spelling = std::make_unique<BlockSpelling>();
    spelling->text = text;
    spelling->wrong = wrong;
    QTextBlock(block).setUserData(spelling.release());
    if (!m_show.isActive())
        m_show.start();
}

void SpellMarks::showMarks()
{
    QList<QTextEdit::ExtraSelection> marks;
    const int cursor = m_edit->textCursor().position();
    for (QTextBlock block = m_edit->document()->firstBlock(); block.isValid(); block = block.next()) {
        const auto *known = static_cast<const BlockSpelling *>(block.userData());
        if (!known || known->text != block.text())
            continue;
        for (const Misspelling &wrong : known->wrong) {
            const int from = block.position() + wrong.from;
            // Nobody wants to be told in the middle of a word.
            if (m_edit->hasFocus() && cursor == from + wrong.length)
                continue;
            QTextEdit::ExtraSelection mark;
            mark.cursor = QTextCursor(m_edit->document());
            mark.cursor.setPosition(from);
            mark.cursor.setPosition(from + wrong.length, QTextCursor::KeepAnchor);
            mark.format.setUnderlineStyle(QTextCharFormat::SpellCheckUnderline);
            mark.format.setUnderlineColor(Appearance::warning(m_edit->palette()));
            marks.append(mark);
        }
    }
    Q_EMIT marksChanged(marks);
}

QStringList SpellMarks::markedWords() const
{
    QStringList words;
    const QList<QTextEdit::ExtraSelection> marks = m_edit->extraSelections();
    for (const QTextEdit::ExtraSelection &mark : marks) {
        if (mark.format.underlineStyle() == QTextCharFormat::SpellCheckUnderline)
            words.append(mark.cursor.selectedText());
    }
    return words;
}

QTextCursor SpellMarks::wordAt(int position) const
{
    const QTextBlock block = m_edit->document()->findBlock(position);
    const auto *known = static_cast<const BlockSpelling *>(block.userData());
    if (!known || known->text != block.text())
        return {};
    for (const Misspelling &wrong : known->wrong) {
        const int from = block.position() + wrong.from;
        if (position < from || position > from + wrong.length)
            continue;
        QTextCursor word(m_edit->document());
        word.setPosition(from);
        word.setPosition(from + wrong.length, QTextCursor::KeepAnchor);
        return word;
    }
    return {};
}

void SpellMarks::replace(const QTextCursor &word, const QString &by)
{
    QTextCursor cursor = word;
    cursor.insertText(by);
    m_edit->setFocus();
}

void SpellMarks::fillMenu(QMenu &menu, int position)
{
    const QTextCursor word = wordAt(position);
    if (!m_speller || word.isNull())
        return;
    QAction *before = menu.actions().value(0);
    auto *waiting = new QAction(tr("Looking for suggestions…"), &menu);
    waiting->setEnabled(false);
    menu.insertAction(before, waiting);
    auto *add = new QAction(tr("Add “%1” to the dictionary").arg(word.selectedText()), &menu);
    add->setObjectName(QStringLiteral("spellingAdd"));
    connect(add, &QAction::triggered, this,
            [this, known = word.selectedText()] { m_speller->addWord(m_language, known); });
    menu.insertAction(before, add);
    menu.insertSeparator(before);
    whenDone(
        m_speller->suggest(m_language, word.selectedText()), &menu,
        [this, word, waiting, shown = QPointer<QMenu>(&menu)](const QStringList &suggestions) {
            if (suggestions.isEmpty())
                waiting->setText(tr("No suggestions"));
            for (const QString &suggestion : suggestions) {
                auto *choice = new QAction(QString(suggestion).replace(QLatin1Char('&'), QStringLiteral("&&")), shown);
                choice->setObjectName(QStringLiteral("spellingSuggestion"));
                connect(choice, &QAction::triggered, this, [this, word, suggestion] { replace(word, suggestion); });
                shown->insertAction(waiting, choice);
            }
            if (suggestions.isEmpty())
                return;
            shown->removeAction(waiting);
            if (!shown->activeAction())
                shown->setActiveAction(shown->actions().constFirst());
        });
}

} // namespace Earshot
