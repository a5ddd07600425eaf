// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/cli/controlprogram.h"

#include <QHash>
#include <QSet>

#include <utility>

namespace Earshot {

/// One line for the real program and what it must say. In all texts {name} stands for what is kept under that name.
struct ScriptRow
{
    /// Without the program's name; blanks separate the words. --json is added.
    const char *line;
    /// Where to look in the printed document and what must be there. "/" separates the steps: a member's name, an
    /// index, "size", "last", or "member=value" for the first object of a list that has it. What must be there: a text,
    /// its beginning with "*" behind it, or "=name" to keep it. Of a line that shall be refused: "error" and its kind.
    QList<std::pair<const char *, const char *>> says;
    QByteArray input = {};
    /// Where it is run; what one of them alone can do or says in other words is no row of the other.
    enum class Place { both, file, server };
    Place place = Place::both;
};

/// What the lines of a script work on when it is not the file itself: servers of files.
class ServedFiles
{
public:
    virtual ~ServedFiles() = default;
    /// The options with which a line works on the server of a file, as an agent. It is served from then on.
    /// @param file "" = the script's own; @param agent "" = its first admin
    [[nodiscard]] virtual QStringList optionsFor(const QString &file, const QString &agent) = 0;
    /// The script's own file, for commands that work on no server.
    [[nodiscard]] virtual QString file() const = 0;
};

/// Runs tables of lines with the real program, and knows which commands and options it has seen do what they should.
class CommandScript
{
public:
    explicit CommandScript(const ControlProgram &program)
        : m_program(program)
    {
    }

    /// From now on every line is run on the server of the file that it names, or is the desktop's. Only what was run
    /// there is seen.
    void runOn(ServedFiles &servers) { m_servers = &servers; }
    [[nodiscard]] bool isServed() const { return m_servers != nullptr; }
    /// A line's words as the program gets them.
    [[nodiscard]] QStringList wordsOf(const QString &line) const;
    void keep(const QString &name, const QString &value) { m_kept.insert(name, value); }
    [[nodiscard]] QString kept(const char *name) const { return m_kept.value(QString::fromLatin1(name)); }
    /// Runs one row after the other up to the first that says something else. @return what is wrong with that one;
    /// empty when all is well
    [[nodiscard]] QByteArray run(const QList<ScriptRow> &rows);
    /// Of a line that was run otherwise.
    void noteSeen(const QStringList &words);
    /// "channel add --name", "channel add", "--workspace": of the lines that said what they must.
    [[nodiscard]] const QSet<QString> &seen() const { return m_seen; }

private:
    [[nodiscard]] QString filled(const char *text) const;
    [[nodiscard]] QString complaintOf(const ScriptRow &row, const ControlAnswer &answer);

    const ControlProgram &m_program;
    ServedFiles *m_servers = nullptr;
    QHash<QString, QString> m_kept;
    QSet<QString> m_seen;
};

} // namespace Earshot
