// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/table.h"
#include "model/error.h"

#include <QJsonObject>
#include <QJsonValue>

#include <cstdio>

namespace Earshot {

/// The process's standard output and error. What is written as text passes terminalText(); JSON has no control
/// characters in it. When whoever reads has gone away, writing does nothing and isClosed() says so.
class Output
{
public:
    Output(std::FILE *out, std::FILE *err, bool isJson);
    ~Output();
    Output(const Output &) = delete;
    Output &operator=(const Output &) = delete;

    [[nodiscard]] bool isJson() const { return m_isJson; }
    [[nodiscard]] bool isClosed() const { return m_isClosed; }

    /// A line or several; nothing with --json.
    void text(const QString &text);
    void table(const Table &table);
    /// The one document; nothing without --json.
    void json(const QJsonValue &value);
    /// Bytes as they are.
    void raw(const QByteArray &bytes);
    /// A remark on standard error; nothing with --json.
    void note(const QString &text);
    /// A remark that programs are to know, too, on standard error: the text, with --json the object on a line.
    void remark(const QString &text, const QJsonObject &json);
    /// What a person must read for the command to go on: on standard error, whatever the form of the output.
    void invitation(const QString &text);
    void error(const Error &error);
    /// Everything is written. Errors: diskFull, io.
    [[nodiscard]] Done finish();

    /// "43 %" on a terminal's standard error, in place; nothing elsewhere.
    void progress(double share);

private:
    void sayLine(const QByteArray &line);
    void endProgress();
    void noteFailure(int number);

    std::FILE *m_out;
    std::FILE *m_err;
    bool m_isJson;
    bool m_isClosed = false;
    int m_failure = 0; ///< errno of the first failed write
    int m_shown = -1;  ///< per cent on the screen
};

[[nodiscard]] QJsonObject errorJson(const Error &error);

} // namespace Earshot
