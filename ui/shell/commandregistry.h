// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QObject>
#include <QStringList>

#include <functional>

class QKeyEvent;
class QMenu;

namespace Earshot {

/// Something that a person can do: one entry for menus, context menus, the search field, keys and the cheat sheet.
struct Command
{
    QString id;                      ///< "conversation.reply": stable, never shown
    QString text;                    ///< translated, with a mnemonic
    QString icon;                    ///< name under :/icons, or empty
    QString key;                     ///< "R", "Shift+A", "!", "G M": works on list and timeline only (KeyDispatcher)
    QKeySequence shortcut;           ///< works in the whole window; of who writes: in the editor
    std::function<bool()> isEnabled; ///< none = always
    std::function<void()> run;
    std::function<QString()> whyNot; ///< what to say while it is not enabled; none = nothing special
    bool needsRight = false;         ///< who may only read may not
    bool isOfWriter = false;         ///< its shortcut is the editor's own, which asks idWhileWriting(); it has no key
    /// As isEnabled, where it was found by name: it runs when what was searched in has made room for the list again.
    /// None = no other
    std::function<bool()> isEnabledFound = {};
};

/// By what a command is called.
struct CommandKeys
{
    QString key;           ///< as Command::key
    QKeySequence shortcut; ///< as Command::shortcut
    bool operator==(const CommandKeys &) const = default;
    [[nodiscard]] bool isEmpty() const { return key.isEmpty() && shortcut.isEmpty(); }
};

/// The one list of commands of a window. Owns an action for each; lives on the GUI thread as long as its window.
class CommandRegistry final : public QObject
{
    Q_OBJECT

public:
    explicit CommandRegistry(QObject *parent = nullptr);

    /// An id, key or shortcut that is there already is a programmer's error.
    void add(Command command);
    /// Takes a command and its action out again.
    void remove(const QString &id);

    // What a person changed is kept in the settings by restoreKeys() and setKeys().

    /// "Shift+A" as the person's keyboard names it; letters and chords as they are.
    [[nodiscard]] static QString nativeKey(const QString &key);
    /// As the shortcut of a pressed key is written: both keys named Enter are one.
    [[nodiscard]] static QKeySequence shortcutOf(const QKeyEvent &event);
    [[nodiscard]] CommandKeys keysOf(const QString &id) const;
    /// As the program comes.
    [[nodiscard]] CommandKeys usualKeys(const QString &id) const;
    /// The command that is called by one of these already: by the same, or by a chord's beginning. Empty = they are
    /// free.
    [[nodiscard]] QString ownerOf(const CommandKeys &keys, const QString &besides) const;
    /// From now on and after the next start. What another one has is taken from it.
    void setKeys(const QString &id, const CommandKeys &keys);
    void resetKeys();
    /// What was changed in earlier starts, for the commands that are there.
    void restoreKeys();
    /// Everything as it comes, then as the settings say: they were replaced.
    void reloadKeys();
    /// Whether single letters are written beside the commands.
    void showSingleKeys(bool areShown);

    /// The action of a command, for menus and buttons; null when there is none.
    [[nodiscard]] QAction *action(const QString &id) const;
    [[nodiscard]] const Command *find(const QString &id) const;
    /// In the order in which they were added.
    [[nodiscard]] QStringList ids() const { return m_order; }
    /// The text without mnemonic.
    [[nodiscard]] QString plainText(const QString &id) const;
    /// How its key and shortcut are written for people; empty when it has none.
    [[nodiscard]] QString keyText(const QString &id) const;

    /// The command of a key as KeyDispatcher spells it; empty when there is none.
    [[nodiscard]] QString idOfKey(const QString &key) const { return m_keys.value(key); }
    /// The writer's command that is called by this key; empty when there is none.
    [[nodiscard]] QString idWhileWriting(const QKeyEvent &event) const;
    /// Whether some command's key begins with this one ("G" of "G M").
    [[nodiscard]] bool beginsChord(const QString &key) const { return m_chords.value(key) > 0; }

    /// What whyNot() says from now on.
    void explain(const QString &id, std::function<QString()> why);
    /// They are nothing for who may only read.
    void needRight(const QStringList &ids);
    /// What is said of these in place of it where one may only read; empty = one may more.
    void explainRight(std::function<QString()> why) { m_whyOnlyReading = std::move(why); }
    /// Where this says so nobody may do what needs a right: it is neither shown nor found, once refresh() was called.
    void hideDeeds(std::function<bool()> areHidden) { m_areDeedsHidden = std::move(areHidden); }
    /// Whether it is to be shown at all.
    [[nodiscard]] bool isOffered(const QString &id) const;
    [[nodiscard]] bool isEnabled(const QString &id) const;
    /// Where it was found by name.
    [[nodiscard]] bool isEnabledFound(const QString &id) const;
    /// Why it cannot be done now, for people; empty when it can, or is unknown.
    [[nodiscard]] QString whyNot(const QString &id) const;
    /// The same where it was found by name, which stands beside it already.
    [[nodiscard]] QString whyNotBesideName(const QString &id) const;
    /// Runs it unless it is unknown or not enabled now.
    bool trigger(const QString &id);
    /// Asks every command again whether it is enabled. Call when what is selected or allowed changed.
    void refresh();
    /// Appends the commands' actions; an empty id is a separator.
    void fill(QMenu &menu, const QStringList &ids) const;
    /// The same, without those that cannot be done now.
    void fillEnabled(QMenu &menu, const QStringList &ids) const;
    /// Commands whose text contains all words of `text`, at most `limit`: what can be done now first, and of that what
    /// begins with it, then what has words that begin so. One that begins with it and cannot be done is among them,
    /// however many can: whoever looks for it is told why.
    [[nodiscard]] QStringList matching(const QString &text, int limit) const;

Q_SIGNALS:
    /// Commands came or went, or are called otherwise.
    void commandsChanged();

private:
    struct Entry
    {
        Command command;
        CommandKeys usual;
        QAction *action = nullptr;
    };
    /// What is known of it, where it cannot be done; empty = nothing is.
    [[nodiscard]] QString knownObstacle(const QString &id) const;
    void listen(const Command &command);
    void forget(const Command &command);
    void apply(const QString &id, const CommandKeys &keys);
    void write(const QString &id) const;
    void label(const Entry &entry) const;
    QHash<QString, Entry> m_entries;
    QHash<QString, QString> m_keys;
    QHash<QString, int> m_chords; ///< how many begin so
    QStringList m_order;
    std::function<QString()> m_whyOnlyReading;
    std::function<bool()> m_areDeedsHidden;
    bool m_hasSingleKeys = true;
};

} // namespace Earshot
