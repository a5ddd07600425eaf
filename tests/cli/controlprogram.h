// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

class QProcess;

namespace Earshot {

/// What one run of earshotctl answered.
struct ControlAnswer
{
    int exitCode = -1;
    QByteArray out;
    QByteArray err;

    /// Standard output as the one JSON document that it must be; an empty one when it is not.
    [[nodiscard]] QJsonObject object() const;
    [[nodiscard]] QJsonArray array() const;
    /// The kind of the error on standard error; empty when that is no error document.
    [[nodiscard]] QString errorKind() const;
};

/// The real program in a home of its own: no keychain, no display, no settings of whoever runs the test.
class ControlProgram
{
public:
    /// @param program the file to run
    explicit ControlProgram(QString program)
        : m_program(std::move(program))
    {
    }

    [[nodiscard]] const QString &program() const { return m_program; }
    /// A file below the home.
    [[nodiscard]] QString file(const QString &name) const { return m_home.filePath(name); }
    void writeFile(const QString &name, const QByteArray &content) const;
    [[nodiscard]] QByteArray readFile(const QString &name) const;

    /// Runs it to its end while the event loop goes on, so that a server in the test can answer it; a run that does not
    /// end within a minute answers exit code -1.
    ControlAnswer run(const QStringList &arguments, const QByteArray &input = {}) const;
    /// Runs it and kills it (SIGKILL) after that time, unless it has ended before.
    void runAndKill(const QStringList &arguments, int afterMs) const;
    /// The same for a line of words without blanks in them.
    ControlAnswer run(const char *line) const;
    /// Runs it to its end as on a disk that is full: no file may grow beyond so many bytes.
    ControlAnswer runOnFullDisk(const QStringList &arguments, qint64 mostBytes) const;
    /// Starts any program in that home and leaves it running; it is killed when the process object dies.
    [[nodiscard]] std::unique_ptr<QProcess> start(const QString &program, const QStringList &arguments) const;

private:
    void prepare(QProcess &process) const;
    static ControlAnswer await(QProcess &process, const QString &program, const QStringList &arguments,
                               const QByteArray &input);

    QString m_program;
    QTemporaryDir m_home;
};

} // namespace Earshot
